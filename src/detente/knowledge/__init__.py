"""What détente knows before it reads: the directory of actors, the codebook of acts, the gazetteer of places, the lexicon."""
