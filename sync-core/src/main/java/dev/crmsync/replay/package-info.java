/**
 * What was recorded of links, and what can be done with it: planned again and compared, planned under other rules, and told
 * without the values that it is about. Pure: the same recording gives the same answers on every machine.
 */
@NullMarked
package dev.crmsync.replay;

import org.jspecify.annotations.NullMarked;
