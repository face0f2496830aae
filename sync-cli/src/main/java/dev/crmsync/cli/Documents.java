package dev.crmsync.cli;

import dev.crmsync.json.MappingCodec;
import dev.crmsync.json.PolicyCodec;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.mapping.Mapping;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/** Policies and mappings in files. Whatever is wrong with one is told with the file's name. */
final class Documents {
    private Documents() {}

    static Policy policy(Path file) {
        return read(file, new PolicyCodec()::decode);
    }

    static Mapping mapping(Path file) {
        return read(file, new MappingCodec()::decode);
    }

    private static <T> T read(Path file, Function<String, T> decode) {
        try {
            return decode.apply(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw wrong(file, "there is no such file", e);
        } catch (CharacterCodingException e) {
            throw wrong(file, "is no UTF-8 text", e);
        } catch (IOException e) {
            throw wrong(file, "cannot be read", e);
        } catch (SyncException | IllegalArgumentException e) {
            throw wrong(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static SyncException wrong(Path file, String what, Exception cause) {
        return SyncException.of(SyncException.Kind.CONFIGURATION, file + ": " + what, cause);
    }
}
