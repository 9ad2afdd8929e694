# The lines of a table that fit into `limit` bytes, and how many do not. Run it with LC_ALL=C, so that bytes are counted.
{ size += length($0) + 1 }
size <= limit { print; next }
{ hidden++ }
END { if (hidden) printf "\n%d more rows did not fit.\n", hidden }
