/** The command {@code crm-sync}: what is done with policies at a terminal and in a pipeline. It prints what it is asked for and touches nothing. */
@NullMarked
package dev.crmsync.cli;

import org.jspecify.annotations.NullMarked;
