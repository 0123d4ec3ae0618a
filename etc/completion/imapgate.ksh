# SPDX-License-Identifier: ISC
# Completion of imapgate(8) for OpenBSD's ksh(1): source it from ~/.kshrc.

set -A complete_imapgate_1 -- allow revoke list check sync expire rules \
    doctor serve -f -n -v -V
set -A complete_imapgate_2 -- me all -n -j -y -t -p -c -d -f
set -A complete_imapgate_3 -- me all -n -j -y -t -p -c -f
