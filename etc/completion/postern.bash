# SPDX-License-Identifier: ISC
# Completion of postern(8) for bash: into
# /usr/share/bash-completion/completions/postern, or source it.

# The names of the lists of the file.
_postern_lists()
{
	postern lists show 2>/dev/null | awk 'NR > 1 && /^[^ ]/ &&
	    !/^(bans|protected) / { print $1 }'
}

# Who is banned; nothing without root.
_postern_bans()
{
	postern lists show bans 2>/dev/null | awk '{ print $1 }'
}

_postern_files()
{
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_postern()
{
	local cur prev i words verbs=()
	# A colon parts words: here, an IPv6 address is one again.
	cur=${COMP_LINE:0:COMP_POINT}
	cur=${cur##* }
	prev=${COMP_WORDS[COMP_CWORD - 1]}
	COMPREPLY=()
	# The verb, and of "lists" the one behind it.
	for ((i = 1; i < COMP_CWORD && ${#verbs[@]} < 2; i++)); do
		case ${COMP_WORDS[i]} in
		-f)	i=$((i + 1)) ;;
		-*)	;;
		*)	verbs+=("${COMP_WORDS[i]}") ;;
		esac
	done
	case $prev:${verbs[0]} in
	-f:*|*:rehearse|*:explain)
		if [[ $cur != -* ]]; then
			_postern_files "${COMP_WORDS[COMP_CWORD]}"
			return
		fi ;;
	for:ban)
		mapfile -t COMPREPLY < <(compgen -W '1h 12h 1d 7d 30d' -- "$cur")
		return ;;
	because:ban)	return ;;
	esac
	case ${verbs[0]} in
	'')	words='ban check explain lists rehearse reload status unban
		    -d -f -n -v -V' ;;
	ban)	words='for because -j -y -f' ;;
	check)	words='-v -f' ;;
	lists)
		case ${verbs[1]} in
		accept|diff|update)
			words="-j -f $(_postern_lists)" ;;
		show)	words="-j -f bans protected $(_postern_lists)" ;;
		test)	words='-j -f' ;;
		lint)
			if [[ $cur != -* ]]; then
				_postern_files "${COMP_WORDS[COMP_CWORD]}"
				return
			fi
			words='-j -f' ;;
		*)	words='accept diff lint show test update' ;;
		esac ;;
	rehearse)	words='-j -f' ;;
	unban)	words="-j -f $(_postern_bans)" ;;
	*)	words='-f' ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	# What is behind the last colon is what is replaced.
	if [[ $COMP_WORDBREAKS == *:* ]]; then
		COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*:}"}"}")
	fi
}

complete -F _postern postern
