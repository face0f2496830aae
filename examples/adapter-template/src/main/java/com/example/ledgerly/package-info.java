/** An adapter for Ledgerly, a CRM that does not exist: the worked example of docs/writing-an-adapter.md. */
@NullMarked
package com.example.ledgerly;

import org.jspecify.annotations.NullMarked;
