package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The adapter of a {@link PaperSystem}. */
final class PaperAdapter implements Adapter, ReadsOne, ListsAll, WritesOne {
    static final String VENDOR = "paper";

    private final PaperSystem paper;

    PaperAdapter(PaperSystem paper) {
        this.paper = paper;
    }

    @Override
    public Declaration declaration() {
        TypeDeclaration contact = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.RECORD,
                false,
                new CreateLookup.None(),
                false,
                false,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of("a change, until the contact is read or walked over"));
        return new Declaration(VENDOR, true, List.of(contact), List.of());
    }

    @Override
    public List<Mapping> defaultMappings() {
        return List.of(Mapping.of(
                Contact.TYPE,
                FieldMapping.direct(Contact.NAME, "name"),
                FieldMapping.direct(Contact.EMAIL, "email"),
                FieldMapping.direct(Contact.PHONE, "phone"),
                FieldMapping.of(Contact.LABELS, new Lens.ListOf("labels"))
                        .with(new Access(Access.Readable.BY_READ, Access.Writable.REPLACED)),
                FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata"))));
    }

    @Override
    public Read read(RecordRef ref) {
        onlyContacts(ref.type());
        return paper.event(ref, Evidence.READ).<Read>map(Read.Found::new).orElseGet(Read.NotVisible::new);
    }

    @Override
    public Page list(String type, @Nullable String cursor) {
        onlyContacts(type);
        if (cursor != null) {
            throw SyncException.of(SyncException.Kind.VALIDATION, "all contacts stand on one page; walk anew");
        }
        return new Page(
                paper.records().stream()
                        .flatMap(record -> paper.event(record, Evidence.LISTING).stream())
                        .toList(),
                null,
                true);
    }

    @Override
    public String scopeFingerprint(String type) {
        onlyContacts(type);
        return "paper-contacts-1";
    }

    @Override
    public Outcome write(Write write) {
        onlyContacts(write.type());
        RecordRef known = write.ref();
        RecordRef ref = known == null ? paper.make(write.properties()) : known;
        if (known != null) {
            if (paper.event(known, Evidence.READ).isEmpty()) {
                return new Outcome.Rejected(Outcome.Rejection.NOT_FOUND, null, null, "there is no such contact");
            }
            paper.edit(known, write.properties());
        }
        return new Outcome.Done(ref, paper.event(ref, Evidence.READ).orElse(null));
    }

    private static void onlyContacts(String type) {
        if (!type.equals(Contact.TYPE)) {
            throw SyncException.configuration("on paper there are contacts only; leave other types out of the sync");
        }
    }
}
