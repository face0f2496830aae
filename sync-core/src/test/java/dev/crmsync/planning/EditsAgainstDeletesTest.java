package dev.crmsync.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crmsync.planning.Parting.Stage;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The matrix of docs/edits-against-deletes.md, cell by cell: each is planned, and what becomes of it is held against what the
 * document says. The record at crm is what something happens to; kirim has the same person, help may get one.
 */
class EditsAgainstDeletesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "edits-against-deletes.md");

    /** What happens to the record at crm. */
    private enum Row {
        DELETED,
        ARCHIVED,
        RESTORED,
        NOT_VISIBLE,
        ABSENT_FROM_A_SWEEP,
        ERASED;

        Desk happens(Desk desk) {
            return switch (this) {
                case DELETED -> desk.kind("crm", ChangeKind.DELETE, 60);
                case ARCHIVED -> desk.kind("crm", ChangeKind.ARCHIVE, 60);
                case RESTORED -> desk.kind("crm", ChangeKind.RESTORE, 60);
                case NOT_VISIBLE -> desk.kind("crm", ChangeKind.NOT_VISIBLE, 60);
                case ABSENT_FROM_A_SWEEP -> desk.kind("crm", ChangeKind.GAP, 60);
                case ERASED -> desk.take(new Input.Erase(desk.now, desk.next(), "L"));
            };
        }
    }

    /** What goes on elsewhere. */
    private enum Column {
        NOTHING_ELSE,
        EDIT_AT_KIRIM_NOT_YET_WRITTEN,
        WRITE_TO_CRM_UNDER_WAY,
        CREATE_AT_HELP_UNDER_WAY,
        EDIT_AT_KIRIM_SEEN_AFTERWARDS;

        void before(Desk desk) {
            switch (this) {
                case EDIT_AT_KIRIM_NOT_YET_WRITTEN -> desk.event("kirim", 50, "name", "Edited");
                case WRITE_TO_CRM_UNDER_WAY ->
                    desk.event("kirim", 50, "name", "Edited").write("crm");
                case CREATE_AT_HELP_UNDER_WAY ->
                    desk.event("crm", 20, "phone", "+6281234567890").write("help");
                case NOTHING_ELSE, EDIT_AT_KIRIM_SEEN_AFTERWARDS -> {}
            }
        }

        void afterwards(Desk desk) {
            if (this == EDIT_AT_KIRIM_SEEN_AFTERWARDS) {
                desk.event("kirim", 61, "name", "Edited");
            }
        }

        boolean edits() {
            return this == EDIT_AT_KIRIM_NOT_YET_WRITTEN
                    || this == WRITE_TO_CRM_UNDER_WAY
                    || this == EDIT_AT_KIRIM_SEEN_AFTERWARDS;
        }
    }

    private static Desk desk(boolean followed) {
        RecordRule crm =
                followed ? RecordRule.FOLLOW.deletesFollowed(Skew.within(Duration.ofSeconds(5))) : RecordRule.FOLLOW;
        RecordRule kirim = followed ? RecordRule.FOLLOW.archiving() : RecordRule.FOLLOW;
        Policy policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "kirim")
                                .owned(Contact.PHONE, "crm")
                                .receivedBy(Contact.PHONE, "help")
                                .records("crm", crm)
                                .records("kirim", kirim)
                                .records("help", RecordRule.CREATE.within(Contact.PHONE)));
        Mapping mapping = Mapping.of(
                Contact.TYPE, FieldMapping.direct(Contact.NAME, "name"), FieldMapping.direct(Contact.PHONE, "phone"));
        Desk desk = new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(mapping), "crm", List.of(mapping), "help", List.of(mapping))),
                Contact.TYPE);
        return desk.has("kirim", "name", "Budi", "phone", "").has("crm", "name", "Budi", "phone", "");
    }

    /** What becomes of one cell, in the words of the document. */
    private static String outcome(Row row, Column column, boolean followed) {
        Desk desk = desk(followed);
        column.before(desk);
        if (row == Row.RESTORED) {
            desk.kind("crm", ChangeKind.ARCHIVE, 55);
        }
        row.happens(desk);
        List<String> reasons = new ArrayList<>(told(desk));
        wanted(desk).stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
        column.afterwards(desk);
        told(desk).stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
        finish(desk);
        if (row == Row.RESTORED) {
            comesBack(desk, reasons);
        }
        List<String> said = new ArrayList<>();
        said.add(reasons.stream().map(reason -> "`" + reason + "`").collect(Collectors.joining(" ")));
        String crm = what(desk, "crm");
        String then = row == Row.RESTORED ? crm.replaceFirst("^is ", "is read, then ") : crm;
        said.add("crm " + then + " (`" + Stances.of(desk.link, "crm", Contact.NAME, desk.rules) + "`)");
        said.add("kirim " + what(desk, "kirim"));
        if (desk.link.side("help").record() != null || desk.due("help").isPresent()) {
            said.add("help " + what(desk, "help"));
        }
        if (desk.link.erased()) {
            assertThat(desk.link.sides()).isEmpty();
            assertThat(desk.link.agreed()).isEmpty();
            said.add("no value is kept");
        } else if (column.edits()) {
            assertThat(desk.agreed(Contact.NAME).toString()).contains("Edited");
            said.add("the edit is agreed");
        }
        return String.join("; ", said);
    }

    private static List<String> told(Desk desk) {
        return desk.plan.decisions().stream()
                .filter(decision -> decision.field() == null)
                .map(decision -> decision.reason().name())
                .distinct()
                .toList();
    }

    /** It is read before anything is written, and shows what it held when it was archived. */
    private static void comesBack(Desk desk, List<String> reasons) {
        assertThat(desk.due("crm")).contains(Due.Need.READ);
        String phone = desk.link.agreed().containsKey(Contact.PHONE.name()) ? "+6281234567890" : "";
        desk.read("crm", desk.link.seq(), 62, "name", "Budi", "phone", phone);
        told(desk).stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
    }

    private static List<String> wanted(Desk desk) {
        WantedRead wanted = desk.link.side("crm").wanted();
        return wanted == null ? List.of() : List.of(wanted.reason().name());
    }

    /** What was sent comes to its end. */
    private static void finish(Desk desk) {
        for (String system : List.of("crm", "help")) {
            InFlight flight = desk.link.side(system).inFlight();
            if (flight != null) {
                desk.outcome(system, new Outcome.Done(desk.ref(system), null));
            }
        }
    }

    private static String what(Desk desk, String system) {
        Parting parting = desk.link.side(system).life().parting();
        if (parting != null && parting.stage() == Stage.ASKED) {
            return "waits for a person";
        }
        return desk.plan.due().stream()
                .filter(due -> due.system().equals(system))
                .findFirst()
                .map(due -> switch (due.need()) {
                    case ARCHIVE -> "is archived within the budget";
                    case READ -> due.notBefore() == null ? "is read first" : "is looked for again a day later";
                    case UPDATE -> "is written";
                    case CREATE -> "is made";
                    case LOOKUP, REPEAT, OUTCOME, TIMER -> due.need().name().toLowerCase(Locale.ROOT);
                })
                .orElse("is left alone");
    }

    @TestFactory
    Stream<DynamicTest> by_default() throws IOException {
        return cells(false);
    }

    @TestFactory
    Stream<DynamicTest> where_deletions_at_crm_are_followed_and_kirim_may_be_archived() throws IOException {
        return cells(true);
    }

    private static Stream<DynamicTest> cells(boolean followed) throws IOException {
        List<List<String>> table = tables().get(followed ? 1 : 0);
        List<Row> rows = List.of(Row.values());
        List<Column> columns = List.of(Column.values());
        return rows.stream()
                .flatMap(row -> columns.stream()
                        .map(column -> dynamicTest(
                                words(row) + ", " + words(column),
                                () -> assertThat(
                                                table.get(1 + rows.indexOf(row)).get(1 + columns.indexOf(column)))
                                        .isEqualTo(outcome(row, column, followed)))));
    }

    @Test
    void the_document_has_a_row_and_a_column_for_each() throws IOException {
        assertThat(tables().subList(0, 2)).allSatisfy(table -> {
            assertThat(table.get(0).stream().skip(1))
                    .containsExactlyElementsOf(Arrays.stream(Column.values())
                            .map(EditsAgainstDeletesTest::words)
                            .toList());
            assertThat(table.stream().skip(1).map(row -> row.get(0)))
                    .containsExactlyElementsOf(Arrays.stream(Row.values())
                            .map(EditsAgainstDeletesTest::words)
                            .toList());
        });
    }

    /** Whatever the cell, nothing is deleted, nobody is made again, and nothing is written where the record is gone. */
    @Test
    void no_cell_loses_data() {
        for (boolean followed : List.of(false, true)) {
            for (Row row : Row.values()) {
                for (Column column : Column.values()) {
                    String outcome = outcome(row, column, followed);
                    boolean archives = outcome.contains("archived within the budget");
                    assertThat(outcome).doesNotContain("crm is made");
                    if (row != Row.RESTORED) {
                        assertThat(outcome).doesNotContain("crm is written", "crm is read, then written");
                    }
                    assertThat(archives)
                            .as("%s %s %s", row, column, followed)
                            .isEqualTo(followed && (row == Row.DELETED || row == Row.ARCHIVED) && !column.edits());
                }
            }
        }
    }

    @Test
    void each_test_that_the_document_names_is_run() throws IOException {
        List<List<String>> named = tables().get(2);
        assertThat(named).hasSizeGreaterThan(5);
        for (List<String> row : named.subList(1, named.size())) {
            String[] test = row.get(1).replace("`", "").split("\\.");
            String source = Files.readString(Path.of("src/test/java/dev/crmsync/engine", test[0] + ".java"));
            assertThat(source).contains(test.length == 1 ? "class " + test[0] : "    @Test\n    void " + test[1] + "(");
        }
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<List<List<String>>> tables() throws IOException {
        List<List<List<String>>> tables = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            boolean row = line.startsWith("|");
            if (row && !inside) {
                tables.add(new ArrayList<>());
            }
            if (row && !line.startsWith("|---")) {
                String[] cells = line.substring(1, line.length() - 1).split("\\|");
                tables.get(tables.size() - 1)
                        .add(Arrays.stream(cells).map(String::strip).toList());
            }
            inside = row;
        }
        return tables;
    }
}
