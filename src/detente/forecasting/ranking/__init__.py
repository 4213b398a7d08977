"""The engine that ranks what comes next: counts that fade, rules, kinship of actors, and a learned order over candidates."""
