package dev.crmsync.cli;

import dev.crmsync.json.BundleCodec;
import dev.crmsync.ledger.Recordings;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.Recording;
import dev.crmsync.replay.Redaction;
import dev.crmsync.spi.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what was recorded of some links into a bundle. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what a store has recorded of some links into a bundle, with tokens in the place of values and ids.",
            "There is something only where the engine was told to record inputs."
        },
        footerHeading = "%nExamples:%n",
        footer = "  crm-sync export --store jdbc:h2:file:./data/crm-sync --sync acme --out incident.json LINK",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is written", "1:nothing was recorded of these links", "2:the command is wrong"})
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Source source = new Source();

    @Parameters(paramLabel = "LINK", arity = "1..*", description = "ids of links, as reviews and traces name them")
    private List<String> links = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "the bundle, made or replaced")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        if (source.isBundle()) {
            throw SyncException.configuration(
                    "a bundle is what export writes; give it a store: --store JDBC-URL --sync NAME");
        }
        String sync = source.sync();
        Recording recording = source.store(store -> new Recordings(store, sync, List.of()).of(links));
        if (recording.steps().isEmpty()) {
            Output.print(spec, "nothing was recorded of these links");
            return CrmSync.FOUND;
        }
        byte[] key = new byte[Redaction.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Bundle bundle =
                Redaction.of(Bundle.plain(sync, links, InstantSource.system().instant(), recording), key);
        try {
            Files.write(out, new BundleCodec().encode(bundle).toArray());
        } catch (IOException e) {
            throw SyncException.of(SyncException.Kind.CONFIGURATION, out + ": cannot be written", e);
        }
        Output.print(spec, recording.steps().size() + " inputs written to " + out);
        return 0;
    }
}
