package dev.crmsync.spi.adapter;

import dev.crmsync.spi.SyncException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an adapter is made from. Immutable; its text form shows no secret.
 *
 * @param system the system's name in its sync, such as {@code crm}
 * @param settings plain settings by name
 * @param secrets secrets by name, each a source that is asked at every use
 * @param secretSink where secrets go that a vendor shows only once
 * @param clock the only clock that the adapter may use
 * @param quotas told what the vendor's answers say about remaining calls
 */
public record AdapterConfig(
        String system,
        Map<String, String> settings,
        Map<String, SecretSource> secrets,
        SecretSink secretSink,
        InstantSource clock,
        QuotaListener quotas) {
    /** Copies the maps. */
    public AdapterConfig {
        Objects.requireNonNull(system, "system");
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    /**
     * A setting that must be there.
     *
     * @param name the setting
     * @return its value, not blank
     * @throws SyncException of kind CONFIGURATION when it is missing
     */
    public String required(String name) {
        return setting(name)
                .orElseThrow(() -> SyncException.configuration("system " + system + ": setting '" + name
                                + "' is missing; give it where the system is defined")
                        .inSystem(system)
                        .about(name));
    }

    /**
     * A setting.
     *
     * @param name the setting
     * @return its value, or empty when it is missing or blank
     */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * A secret that must be there.
     *
     * @param name the secret
     * @return its source
     * @throws SyncException of kind CONFIGURATION when it is missing
     */
    public SecretSource secret(String name) {
        SecretSource source = secrets.get(name);
        if (source == null) {
            throw SyncException.configuration("system " + system + ": secret '" + name
                            + "' is missing; give it where the system is defined")
                    .inSystem(system)
                    .about(name);
        }
        return source;
    }

    @Override
    public String toString() {
        return "AdapterConfig[system=" + system + ", settings=" + settings.keySet() + ", secrets=" + secrets.keySet()
                + "]";
    }
}
