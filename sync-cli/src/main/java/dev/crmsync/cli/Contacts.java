package dev.crmsync.cli;

import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The policy for contacts that a command tries out, and between which systems. */
final class Contacts {
    @Parameters(paramLabel = "POLICY", description = "the policy, as JSON")
    private Path policy = Path.of("");

    @Option(
            names = "--systems",
            split = ",",
            paramLabel = "NAME",
            description = "the systems, the first of which issues the join key (default: those that the policy names)")
    private List<String> systems = new ArrayList<>();

    Policy policy() {
        return Documents.policy(policy);
    }

    String[] systems(Policy read) {
        List<String> named = systems.isEmpty() ? List.copyOf(read.systems()) : systems;
        if (named.size() < 2) {
            throw SyncException.configuration("contacts are kept in step by two systems at least, and the policy names "
                    + named + "; say --systems ONE,OTHER");
        }
        return named.toArray(String[]::new);
    }
}
