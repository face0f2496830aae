package dev.crmsync.tests.architecture.broken.spi;

import com.google.common.collect.ImmutableList;

/** Makes third parties inherit Guava. */
public final class ShowsGuava {
    private ShowsGuava() {}

    public static ImmutableList<String> names() {
        return ImmutableList.of();
    }
}
