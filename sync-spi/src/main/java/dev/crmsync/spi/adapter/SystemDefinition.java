package dev.crmsync.spi.adapter;

import java.util.Map;

/**
 * What an adapter's fluent face makes of a system, and what the engine's builder accepts: the provider and what it is to
 * be configured with. It knows its own provider, so that nothing has to be discovered. Implementations are immutable,
 * and their text form shows no secret.
 */
public interface SystemDefinition {
    /**
     * Who makes the adapter.
     *
     * @return the provider
     */
    AdapterProvider provider();

    /**
     * Plain settings, as the provider names them.
     *
     * @return the settings by name
     */
    Map<String, String> settings();

    /**
     * Secrets, as the provider names them.
     *
     * @return the sources by name, each asked at every use
     */
    Map<String, SecretSource> secrets();
}
