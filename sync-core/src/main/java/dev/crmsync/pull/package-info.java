/**
 * Pull: what webhooks do not tell is fetched, by polls of what changed and by walks of all records. Every listing is
 * taken for partial until a complete walk proves otherwise, and even then absence only asks for a read.
 */
@NullMarked
package dev.crmsync.pull;

import org.jspecify.annotations.NullMarked;
