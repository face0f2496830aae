/** The shipped adapters are held against the contract of adapters, each at its stand-in. */
@NullMarked
package dev.crmsync.tests.contract;

import org.jspecify.annotations.NullMarked;
