package dev.crmsync.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.json.LinkCodec;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.store.LinkRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A link in step and its document, beside plain maps that Jackson writes as exactly the same bytes. */
final class DocumentCase {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final LinkCodec codec = new LinkCodec();
    private final ObjectMapper mapper = new ObjectMapper();
    private final LinkState link = new Story().inStep;
    private final LinkRow row = codec.encode(link);
    private final byte[] bytes = row.document().toArray();
    private final Map<String, Object> map = readMap();

    LinkState link() {
        return link;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    LinkRow encode() {
        return codec.encode(link);
    }

    LinkState decode() {
        return codec.decode(row);
    }

    byte[] writeMap() {
        try {
            return mapper.writeValueAsBytes(map);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> readMap() {
        try {
            return mapper.readValue(bytes, MAP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
