/** The engine's face: what a backend embeds. Begin with {@link dev.crmsync.engine.SyncEngine#builder()}. */
@NullMarked
package dev.crmsync.engine;

import org.jspecify.annotations.NullMarked;
