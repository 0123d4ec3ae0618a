# SPDX-License-Identifier: ISC
"""Real servers in a private network, for the tests of this folder."""
