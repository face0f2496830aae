package com.example.ledgerly;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.List;

/** The smallest adapter that is one: it reads a contact, claims nothing else, and declares what follows from that. */
final class FirstHourAdapter implements Adapter, ReadsOne {
    private final Reading reading;

    FirstHourAdapter(AdapterConfig config) {
        LedgerlyApi api = new LedgerlyApi(config, LedgerlySettings.of(config));
        reading = new Reading(api, new ContactShape(config.system(), config.clock()));
    }

    @Override
    public Declaration declaration() {
        TypeDeclaration contact = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.RECORD,
                false,
                new CreateLookup.None(),
                true,
                false,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of("everything, until the contact is read"));
        return new Declaration(LedgerlyProvider.NAME, false, List.of(contact), List.of());
    }

    @Override
    public List<Mapping> defaultMappings() {
        return List.of(Mapping.of(
                Contact.TYPE,
                FieldMapping.direct(Contact.NAME, "name").with(Access.READ_ONLY),
                FieldMapping.direct(Contact.EMAIL, "email").with(Access.READ_ONLY)));
    }

    @Override
    public Read read(RecordRef ref) {
        if (!ref.type().equals(Contact.TYPE)) {
            throw SyncException.configuration("Ledgerly is spoken for contacts; leave other types out of the sync");
        }
        return reading.read(ref);
    }
}
