// Markers of user programs.
#error "USDT probes are not supported by Skep"
