# SPDX-License-Identifier: ISC
# Completion of imapgate(8) for bash: into
# /usr/share/bash-completion/completions/imapgate, or source it.

# The addresses of open leases; nothing without root.
_imapgate_leases()
{
	imapgate list 2>/dev/null | awk 'NR > 1 && !/ expired | permanent / {
		print $1 }'
}

_imapgate()
{
	local cur prev verb i
	cur=${COMP_WORDS[COMP_CWORD]}
	prev=${COMP_WORDS[COMP_CWORD - 1]}
	COMPREPLY=()
	case $prev in
	-f)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return ;;
	-t)	mapfile -t COMPREPLY < <(compgen -W '1h 12h 1d 7d 30d' -- \
		    "$cur"); return ;;
	-c|-R)	return ;;
	esac
	verb=
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-f)	i=$((i + 1)) ;;
		-*)	;;
		*)	verb=${COMP_WORDS[i]}; break ;;
		esac
	done
	local words
	case $verb in
	'')	words='allow revoke list check sync expire rules doctor serve
		    -f -n -v -V' ;;
	allow)	words='me -n -t -p -c -f' ;;
	revoke)	words="all -n -f $(_imapgate_leases)" ;;
	list)	words='-j -f' ;;
	check)	words="me -f $(_imapgate_leases)" ;;
	sync)	words='-n -f' ;;
	expire)	words='-n -y -f' ;;
	serve)	words='-d -v -R' ;;
	*)	words='-f' ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	# A colon parts words: an IPv6 address is completed from its last one.
	if declare -F __ltrim_colon_completions >/dev/null; then
		__ltrim_colon_completions "$cur"
	fi
}

complete -F _imapgate imapgate
