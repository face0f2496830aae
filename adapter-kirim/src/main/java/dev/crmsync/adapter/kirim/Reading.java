package dev.crmsync.adapter.kirim;

import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;

/** Reads a contact by id. A 404 hides what is gone and what belongs to others alike, so it proves no deletion. */
final class Reading {
    private final Api api;
    private final Rows rows;

    Reading(Api api, Rows rows) {
        this.api = api;
        this.rows = rows;
    }

    Read read(RecordRef ref) {
        return api.find(HttpCall.get("/{phoneNumberId}/contacts/{id}", api.phoneNumberId(), ref.id()))
                .map(answer -> rows.of(Api.data(answer), answer, Evidence.READ)
                        .filter(record -> record.ref().equals(ref))
                        .<Read>map(Read.Found::new)
                        .orElseGet(() -> new Read.Unknown(answer + " without the contact that was asked for", null)))
                .orElseGet(Read.NotVisible::new);
    }
}
