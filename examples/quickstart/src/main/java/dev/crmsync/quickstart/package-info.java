/** The main job on real protocols: contacts of Kirim and a CRM brought in step, with live edits on both sides. */
@NullMarked
package dev.crmsync.quickstart;

import org.jspecify.annotations.NullMarked;
