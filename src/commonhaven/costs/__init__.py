"""Who pays what: scales, assessment, relief for hosts, fund, money."""
