/* SPDX-License-Identifier: ISC */
/*
 * A ticket costs two digests and two key schedules.  OpenSSL 3 would look up
 * the digest by its name each time if it were given an EVP_MAC, which takes
 * longer than to use it.  So each key's HMAC is made ready once and copied,
 * by the older interface, which LibreSSL has, too.
 */
#define OPENSSL_API_COMPAT 0x10101000L

#include "tls_ticket.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "log.h"

#define NAME_LEN 16
#define MAC_LEN	 32
#define IV_LEN	 16

struct ticket_key {
	unsigned char name[NAME_LEN];
	unsigned char aes[TLS_TICKET_KEY_LEN - NAME_LEN - MAC_LEN];
	HMAC_CTX     *mac;
};

struct tls_ticket_ring {
	struct ticket_key keys[TLS_TICKET_KEYS];
	size_t		  n;
	EVP_CIPHER	 *cipher;
	EVP_MD		 *digest;
};

struct tls_ticket_ring *
tls_ticket_ring_new(void)
{
	struct tls_ticket_ring *ring;

	if ((ring = calloc(1, sizeof(*ring))) == NULL)
		return NULL;
	ring->cipher = EVP_CIPHER_fetch(NULL, "AES-256-CBC", NULL);
	ring->digest = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (ring->cipher == NULL || ring->digest == NULL) {
		tls_ticket_ring_free(ring);
		return NULL;
	}
	return ring;
}

static void
forget(struct tls_ticket_ring *ring)
{
	size_t i;

	for (i = 0; i < ring->n; i++)
		HMAC_CTX_free(ring->keys[i].mac);
	explicit_bzero(ring->keys, sizeof(ring->keys));
	ring->n = 0;
}

void
tls_ticket_ring_free(struct tls_ticket_ring *ring)
{
	if (ring == NULL)
		return;
	forget(ring);
	EVP_CIPHER_free(ring->cipher);
	EVP_MD_free(ring->digest);
	free(ring);
}

int
tls_ticket_ring_set(struct tls_ticket_ring *ring,
    const unsigned char keys[][TLS_TICKET_KEY_LEN], size_t n)
{
	struct ticket_key *k;

	forget(ring);
	while (ring->n < n && ring->n < TLS_TICKET_KEYS) {
		k = &ring->keys[ring->n];
		memcpy(k->name, keys[ring->n], NAME_LEN);
		memcpy(k->aes, keys[ring->n] + NAME_LEN + MAC_LEN,
		    sizeof(k->aes));
		k->mac = HMAC_CTX_new();
		ring->n++;
		if (k->mac == NULL ||
		    HMAC_Init_ex(k->mac, keys[ring->n - 1] + NAME_LEN, MAC_LEN,
			ring->digest, NULL) != 1) {
			forget(ring);
			log_warnx("tls: no memory for ticket keys");
			return -1;
		}
	}
	return 0;
}

static int
prepare(const struct tls_ticket_ring *ring, const struct ticket_key *k,
    unsigned char *iv, EVP_CIPHER_CTX *cipher, HMAC_CTX *mac, int seal)
{
	if (EVP_CipherInit_ex(cipher, ring->cipher, NULL, k->aes, iv, seal) !=
		1 ||
	    HMAC_CTX_copy(mac, k->mac) != 1)
		return -1;
	return 1;
}

int
tls_ticket_key(const struct tls_ticket_ring *ring, unsigned char name[NAME_LEN],
    unsigned char iv[IV_LEN], EVP_CIPHER_CTX *cipher, HMAC_CTX *mac, int seal)
{
	size_t i;

	if (seal) {
		if (ring->n == 0)
			return 0;
		if (RAND_bytes(iv, IV_LEN) != 1)
			return -1;
		memcpy(name, ring->keys[0].name, NAME_LEN);
		return prepare(ring, &ring->keys[0], iv, cipher, mac, 1);
	}
	for (i = 0; i < ring->n; i++) {
		if (memcmp(name, ring->keys[i].name, NAME_LEN) != 0)
			continue;
		if (prepare(ring, &ring->keys[i], iv, cipher, mac, 0) == -1)
			return -1;
		return i == 0 ? 1 : 2;
	}
	return 0;
}
