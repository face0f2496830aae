package dev.crmsync.cli;

import dev.crmsync.spi.SyncException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code crm-sync}. What is asked for goes to the standard output, what is wrong with it to the error output. */
@Command(
        name = "crm-sync",
        mixinStandardHelpOptions = true,
        version = "crm-sync 0.1.0",
        description =
                "Works with policies, stores and incidents of crm-sync. Nothing here calls a vendor or changes a store.",
        subcommands = {
            LintCommand.class,
            LintRulesCommand.class,
            SimulateCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            ReplayCommand.class,
            BacktestCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:something was found", "2:the command or one of its files is wrong"})
public final class CrmSync implements Runnable {
    /** Something was found. */
    static final int FOUND = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    CrmSync() {}

    /**
     * Runs the command, and ends the process with its exit code.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        Runtime.getRuntime().exit(command().execute(args));
    }

    static CommandLine command() {
        CommandLine command = new CommandLine(new CrmSync());
        CommandLine.IExecutionExceptionHandler handler = CrmSync::told;
        return command.setExecutionExceptionHandler(handler).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** What is wrong with what was given is told in a line; anything else is a fault of ours, with its trace. */
    private static int told(Exception fault, CommandLine command, CommandLine.ParseResult ignored) throws Exception {
        if (fault instanceof SyncException || fault instanceof IllegalArgumentException) {
            command.getErr().println(fault.getMessage());
            command.getErr().flush();
            return CommandLine.ExitCode.USAGE;
        }
        throw fault;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: crm-sync lint, or crm-sync help");
    }
}
