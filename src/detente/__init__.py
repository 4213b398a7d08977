"""détente: from reports to a working model of who is doing what to whom, who says so, and what happens next."""
