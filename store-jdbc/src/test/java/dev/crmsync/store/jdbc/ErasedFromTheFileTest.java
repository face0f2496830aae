package dev.crmsync.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a person was erased, no row of the H2 file tells anything of them, and once it was compacted no byte of it does. */
class ErasedFromTheFileTest {
    private static final List<String> TELLING =
            List.of("Zebulon", "zebulon", "Quagmire", "quagmire", "0812-9998", "+6281299988877", "kx-7781", "made-");

    @TempDir
    private Path folder;

    private final AtomicLong millis = new AtomicLong();
    private final Shelf kirim = new Shelf("kirim", true);
    private final Shelf crm = new Shelf("crm", false);

    private SyncEngine engine(Store store) {
        Policy policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "crm", NonOwnerEdit.REVIEW, "kirim")
                                .owned(Contact.EMAIL, "crm", "kirim")
                                .owned(Contact.PHONE, "kirim")
                                .records("crm", RecordRule.CREATE));
        return SyncEngine.builder()
                .store(store)
                .clock(() -> Instant.EPOCH.plusMillis(millis.addAndGet(50)))
                .sync(Sync.named("acme")
                        .system("kirim", kirim)
                        .system("crm", crm)
                        .defaultRegion("ID")
                        .policy(policy))
                .stepping();
    }

    @Test
    void neither_a_row_nor_a_byte_tells_of_them() throws Exception {
        Path file = folder.resolve("sync");
        try (Store store = JdbcStore.h2(file);
                SyncEngine engine = engine(store)) {
            engine.receive(
                    "acme",
                    "kirim",
                    kirim.edits(
                            "kx-7781",
                            "name",
                            "Zebulon Quagmire",
                            "email",
                            "Zebulon@Quagmire.example",
                            "phone",
                            "0812-9998-8877"));
            engine.receive("acme", "kirim", kirim.edits("other", "name", "Somebody Else"));
            drain(engine);
            engine.receive("acme", "kirim", kirim.edits("kx-7781", "name", "Zebulon Q."));
            drain(engine);
            engine.receive("acme", "kirim", kirim.edits("kx-7781", "name", "Zebulon Waits"));
            assertThat(told(rows())).contains("Zebulon", "+6281299988877", "kx-7781", "made-");

            engine.erase("acme", kirim.ref("kx-7781"));

            // The other person's record at the CRM was made by sync, too.
            assertThat(told(rows())).containsOnly("made-");
            engine.receive("acme", "kirim", kirim.edits("kx-7781", "name", "Zebulon Late"));
            drain(engine);
            assertThat(told(rows())).containsOnly("made-");
            assertThat(String.join("\n", rows())).contains("Somebody Else");
        }
        compact();
        assertThat(told(bytes())).containsOnly("made-");
    }

    /** What was removed stands in the file until its place is used again. */
    private void compact() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + folder.resolve("sync"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        }
    }

    /** Events are gathered for a moment before they are planned; each look at the clock moves it on. */
    private static void drain(SyncEngine engine) {
        while (engine.status("acme").inbox() > 0) {
            engine.step();
        }
        engine.drain();
    }

    private static List<String> told(List<String> texts) {
        return TELLING.stream()
                .filter(telling -> texts.stream().anyMatch(text -> text.contains(telling)))
                .toList();
    }

    /** Every column of every row of every table. */
    private List<String> rows() throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:async:" + folder.resolve("sync"), "sa", "");
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet all = statement.executeQuery(
                    "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'")) {
                while (all.next()) {
                    tables.add(all.getString(1));
                }
            }
            assertThat(tables).hasSizeGreaterThan(8);
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + '"')) {
                    add(rows, texts);
                }
            }
        }
        return texts;
    }

    private static void add(ResultSet rows, List<String> texts) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                Object value = rows.getObject(i);
                if (value instanceof byte[] || value instanceof java.sql.Blob) {
                    texts.add(new String(rows.getBytes(i), StandardCharsets.UTF_8));
                } else if (value != null) {
                    texts.add(value.toString());
                }
            }
        }
    }

    private List<String> bytes() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return texts;
    }
}
