"""Each file is one way to hand reviews out: to a terminal, a browser, an editor's program or a build server."""
