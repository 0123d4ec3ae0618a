# SPDX-License-Identifier: ISC
# Completion of postern(8) for OpenBSD's ksh(1): source it from ~/.kshrc.

set -A complete_postern_1 -- ban check explain lists rehearse reload status \
    unban -d -f -n -v -V
set -A complete_postern_2 -- accept diff lint show test update -f -j -v -y
set -A complete_postern_3 -- for because bans protected -f -j
