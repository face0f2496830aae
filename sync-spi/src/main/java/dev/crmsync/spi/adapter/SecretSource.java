package dev.crmsync.spi.adapter;

import java.util.List;

/** Supplies a secret each time that it is used, so that a rotated one is picked up without a restart. Thread-safe. */
@FunctionalInterface
public interface SecretSource {
    /**
     * The secrets that are valid now. The first is the one to use; all of them are accepted when a signature is
     * checked, so that a rotation may overlap.
     *
     * @return the secrets; empty when none is known yet
     */
    List<String> current();

    /**
     * Secrets that never change.
     *
     * @param secrets the secrets, the one to use first
     * @return a source that always supplies them
     */
    static SecretSource of(String... secrets) {
        List<String> fixed = List.of(secrets);
        return () -> fixed;
    }
}
