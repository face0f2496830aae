package dev.crmsync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.function.LongConsumer;
import picocli.CommandLine.Model.CommandSpec;

/** How commands answer: what is asked for on the standard output, how far they are on the error output. */
final class Output {
    private static final int TOLD = 100;
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Output() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static void print(CommandSpec spec, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    static void print(CommandSpec spec, JsonNode node) {
        try {
            print(spec, MAPPER.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    /** Tells every hundredth time. */
    static LongConsumer progress(CommandSpec spec, String what) {
        return done -> {
            if (done % TOLD == 0) {
                PrintWriter err = spec.commandLine().getErr();
                err.println(done + " " + what);
                err.flush();
            }
        };
    }
}
