package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.ChangeEvent;
import java.time.Instant;

/**
 * A webhook that a toy vendor has to send: one for each deed.
 *
 * @param number its number, which is the body of the request
 * @param key the vendor's id of the event
 * @param deed what it tells of
 * @param event what it says
 */
record Notice(int number, String key, Deed deed, ChangeEvent event) {
    Instant at() {
        return deed.at();
    }
}
