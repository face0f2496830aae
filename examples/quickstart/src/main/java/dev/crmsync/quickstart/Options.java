package dev.crmsync.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param crms which CRMs Kirim is brought in step with, the primary one first
 * @param contacts how many contacts Kirim is filled with
 * @param conversations how many of them have a conversation
 * @param segment how many of them are in a segment that is mirrored as a label
 * @param edits how many live edits are played
 * @param seed what names, numbers and edits follow from
 * @param store the JDBC URL of the store
 * @param report a file for the report as JSON, or null
 * @param sandbox a file with the line that a running sandbox printed, or null to start one
 * @param serve whether to go on serving after the comparison, until stopped
 * @param apply whether real accounts may be written to
 */
record Options(
        List<CrmChoice> crms,
        int contacts,
        int conversations,
        int segment,
        int edits,
        long seed,
        @Nullable String store,
        @Nullable Path report,
        @Nullable Path sandbox,
        boolean serve,
        boolean apply) {

    static final String HELP = """
            Brings Kirim and a CRM in step, on a sandbox of both, and proves it by reading them back: contacts, conversations
            as tickets, messages as notes, and a segment as a label.

              --crm NAME        hubspot, pipedrive, notion, or all for a hub of the three beside Kirim, of which HubSpot is the
                                primary one (default hubspot)
              --contacts N      contacts to fill Kirim with (default 2000, at least 20)
              --conversations N contacts that have a conversation (default 400, a fifth of the contacts at the most)
              --segment N       contacts in a segment of the CRM's that is mirrored as a label in Kirim (default 500)
              --edits N         live edits to play on both sides (default 300)
              --seed S          what names, numbers and edits follow from (default 1)
              --store JDBC-URL  the store, such as jdbc:h2:file:./data/store or jdbc:postgresql://…; give the same again to
                                go on after a kill or an end (default: an H2 file that is deleted at the end)
              --sandbox FILE    attach to a running sandbox whose JSON line is in FILE
              --report FILE     write the report as JSON, too
              --serve           go on serving webhooks afterwards, until stopped
              --apply           with real accounts: write, 25 records at the most
              --help            this text

            With KIRIM_API_KEY, KIRIM_PHONE_ID and HUBSPOT_TOKEN, PIPEDRIVE_TOKEN or NOTION_TOKEN in the environment it runs
            against the real accounts: a dry run, unless --apply is given. Optional are HUBSPOT_CLIENT_SECRET and
            HUBSPOT_APP_ID; PIPEDRIVE_COMPANY_ID, PIPEDRIVE_USER_ID (of a user whom nobody else works as), PIPEDRIVE_PIPELINE
            and PIPEDRIVE_STAGES (such as 1:open,2:pending,won:closed,lost:closed). Notion needs NOTION_CONTACTS, the id of a
            data source; optional are NOTION_TICKETS, the id of another, NOTION_STATES (such as Open:open,Done:closed) and
            NOTION_BOT. KIRIM_URL, HUBSPOT_URL, PIPEDRIVE_URL and NOTION_URL stand for other addresses than
            https://api.kirim.chat/v1, https://api.hubapi.com, https://api.pipedrive.com and https://api.notion.com.

            Exit codes: 0 in step, 1 not in step or failed, 2 wrong options.
            """;

    /** A command line that cannot be understood. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String... arguments) {
        List<CrmChoice> crms = List.of(CrmChoice.HUBSPOT);
        int contacts = 2000;
        int conversations = 400;
        int segment = 500;
        int edits = 300;
        long seed = 1;
        String store = null;
        Path report = null;
        Path sandbox = null;
        boolean serve = false;
        boolean apply = false;
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--crm" -> crms = crms(value(option, rest));
                case "--contacts" -> contacts = (int) number(option, rest, 20);
                case "--conversations" -> conversations = (int) number(option, rest, 0);
                case "--segment" -> segment = (int) number(option, rest, 0);
                case "--edits" -> edits = (int) number(option, rest, 0);
                case "--seed" -> seed = number(option, rest, Long.MIN_VALUE);
                case "--store" -> store = value(option, rest);
                case "--report" -> report = Path.of(value(option, rest));
                case "--sandbox" -> sandbox = Path.of(value(option, rest));
                case "--serve" -> serve = true;
                case "--apply" -> apply = true;
                default -> throw new UsageException("unknown option " + option + "; --help lists them");
            }
        }
        if (store != null && !store.startsWith("jdbc:")) {
            throw new UsageException("--store " + store + " is no JDBC URL; for a file: jdbc:h2:file:" + store);
        }
        if (report != null && !Files.isDirectory(report.toAbsolutePath().resolveSibling("."))) {
            throw new UsageException("--report " + report + ": there is no such folder");
        }
        int fifth = contacts / 5;
        return new Options(
                crms,
                contacts,
                Math.min(conversations, fifth),
                Math.min(segment, contacts / 2),
                edits,
                seed,
                store,
                report,
                sandbox,
                serve,
                apply);
    }

    private static List<CrmChoice> crms(String word) {
        List<CrmChoice> crms = CrmChoice.of(word);
        if (crms.isEmpty()) {
            throw new UsageException("--crm " + word + " is not known: it is " + CrmChoice.words());
        }
        return crms;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new UsageException(option + " needs a value; --help says which");
        }
        return rest.removeFirst();
    }

    private static long number(String option, Deque<String> rest, long least) {
        String text = value(option, rest);
        try {
            long number = Long.parseLong(text);
            if (number >= least && (least == Long.MIN_VALUE || number <= 1_000_000)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new UsageException(option + " needs a whole number, not " + text);
        }
        throw new UsageException(option + " " + text + " is out of range: " + least + " to 1000000");
    }
}
