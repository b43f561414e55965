"""New articles: files -> documents -> reading -> workspace; also the command line."""
