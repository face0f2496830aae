package dev.crmsync.sandbox;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How to start a sandbox.
 *
 * @param kirimPort Kirim's port; 0 for a free one
 * @param hubSpotPort HubSpot's port; 0 for a free one
 * @param pipedrivePort Pipedrive's port; 0 for a free one
 * @param notionPort Notion's port; 0 for a free one
 * @param seed what ids, keys and chance are derived from
 * @param state the file that survives a restart; null keeps everything in memory
 * @param clock the sandbox's only clock
 */
public record SandboxOptions(
        int kirimPort,
        int hubSpotPort,
        int pipedrivePort,
        int notionPort,
        long seed,
        @Nullable Path state,
        InstantSource clock) {

    /** Free ports, seed 1, in memory, on the system's clock. */
    public static SandboxOptions standard() {
        return new SandboxOptions(0, 0, 0, 0, 1, null, InstantSource.system());
    }

    /** With another port for Kirim. */
    public SandboxOptions withKirimPort(int port) {
        return new SandboxOptions(port, hubSpotPort, pipedrivePort, notionPort, seed, state, clock);
    }

    /** With another port for HubSpot. */
    public SandboxOptions withHubSpotPort(int port) {
        return new SandboxOptions(kirimPort, port, pipedrivePort, notionPort, seed, state, clock);
    }

    /** With another port for Pipedrive. */
    public SandboxOptions withPipedrivePort(int port) {
        return new SandboxOptions(kirimPort, hubSpotPort, port, notionPort, seed, state, clock);
    }

    /** With another port for Notion. */
    public SandboxOptions withNotionPort(int port) {
        return new SandboxOptions(kirimPort, hubSpotPort, pipedrivePort, port, seed, state, clock);
    }

    /** With another seed. */
    public SandboxOptions withSeed(long other) {
        return new SandboxOptions(kirimPort, hubSpotPort, pipedrivePort, notionPort, other, state, clock);
    }

    /** With a file that survives a restart. */
    public SandboxOptions withState(Path file) {
        return new SandboxOptions(kirimPort, hubSpotPort, pipedrivePort, notionPort, seed, file, clock);
    }

    /** With another clock. */
    public SandboxOptions withClock(InstantSource other) {
        return new SandboxOptions(kirimPort, hubSpotPort, pipedrivePort, notionPort, seed, state, other);
    }

    /** Reads a command line; throws IllegalArgumentException that says what is wrong with it. */
    static SandboxOptions parse(String[] args) {
        SandboxOptions options = standard();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i];
            if (!name.matches("--(kirim-port|hubspot-port|pipedrive-port|notion-port|seed|state)")) {
                throw new IllegalArgumentException("Unknown option " + name);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("Option " + name + " wants a value");
            }
            options = options.with(name, args[i + 1]);
        }
        return options;
    }

    private SandboxOptions with(String name, String value) {
        return switch (name) {
            case "--kirim-port" -> withKirimPort(port(name, value));
            case "--hubspot-port" -> withHubSpotPort(port(name, value));
            case "--pipedrive-port" -> withPipedrivePort(port(name, value));
            case "--notion-port" -> withNotionPort(port(name, value));
            case "--seed" -> withSeed(number(name, value));
            default -> withState(Path.of(value).toAbsolutePath());
        };
    }

    private static int port(String name, String value) {
        long port = number(name, value);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Option " + name + " wants a port from 0 to 65535, not " + value);
        }
        return (int) port;
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Option " + name + " wants a number, not " + value, e);
        }
    }
}
