/* SPDX-License-Identifier: ISC */
/*
 * What the parent and its workers say to one another beyond what every daemon
 * says (conf/daemon.h): the messages and their fields.
 */
#ifndef ORDERS_H
#define ORDERS_H

#include "daemon.h"

enum order {
	/* To the worker, before it starts and later. */
	ORDER_PIECE = DAEMON_MSG_OWN, /* enum order_file, number, bytes */
	ORDER_PAIR,    /* number: chain and key of it are whole: use them */
	ORDER_PAGE,    /* number: the error page is whole */
	ORDER_TICKETS, /* bytes: keys, the present one first */
	ORDER_LOG,     /* with the descriptor of the access log */
	ORDER_BOARD,   /* slot; with the descriptor of the board */
	ORDER_SOCKET,  /* id, errno or 0; then with a connected descriptor */
	/* To the parent. */
	ORDER_ASK_SOCKET, /* id, number of the server: connect to it */
	ORDER_LINE,	  /* text: an access line, for standard error */
	ORDER_OFFENCE	  /* address, enum offence: of a client */
};

enum order_file {
	ORDER_FILE_CHAIN,
	ORDER_FILE_KEY,
	ORDER_FILE_PAGE,
	ORDER_FILES
};

#endif /* ORDERS_H */
