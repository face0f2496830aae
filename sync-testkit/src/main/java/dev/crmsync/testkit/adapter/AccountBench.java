package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.NotMeasured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The account and its adapter, and short words for what rules are made of. */
final class AccountBench implements AutoCloseable {
    /** Join keys and idempotency keys of this process, which no other has used at an account that is kept. */
    private static final String RUN = "kit-" + UUID.randomUUID().toString().substring(0, 8) + "-";

    final TestAccount account;
    final Adapter adapter;
    final Specimen specimen;
    final TypeDeclaration declared;
    final Mapping mapping;

    private final AtomicInteger numbers;
    private final List<Adapter> opened = new ArrayList<>();

    AccountBench(TestAccount account, AtomicInteger numbers) {
        this.account = account;
        this.numbers = numbers;
        adapter = another();
        specimen = account.specimen();
        declared = adapter.declaration()
                .type(specimen.type())
                .orElseThrow(() ->
                        new AssertionError("the adapter declares no type " + specimen.type() + ": measure another"));
        mapping = adapter.defaultMappings().stream()
                .filter(one -> one.type().equals(specimen.type()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the adapter has no default mapping of " + specimen.type()));
    }

    // What there is

    /** One more adapter for the account, as after a restart. */
    Adapter another() {
        Adapter made = account.adapter();
        opened.add(made);
        return made;
    }

    /** The adapter's capability. */
    <T> T can(Class<T> capability) {
        if (!capability.isInstance(adapter)) {
            throw new NotClaimed("no " + capability.getSimpleName());
        }
        return capability.cast(adapter);
    }

    /** The adapter's capability, where it is not said to be lacking for this type. */
    <T> T can(Class<T> capability, Operation operation) {
        if (!declared.can(operation)) {
            throw new NotClaimed(operation + " is declared to be lacking for " + specimen.type());
        }
        return can(capability);
    }

    /** The account's lever. */
    <T> T lever(Class<T> lever) {
        if (!lever.isInstance(account)) {
            throw new NotMeasured("the account has no Lever." + lever.getSimpleName());
        }
        return lever.cast(account);
    }

    boolean has(Class<?> lever) {
        return lever.isInstance(account);
    }

    boolean writes() {
        return adapter instanceof WritesOne || adapter instanceof WritesMany;
    }

    /** The number of a record that nobody has made yet. */
    int next() {
        return numbers.incrementAndGet();
    }

    // What is done

    static String key(int number) {
        return RUN + number;
    }

    Write creating(int number) {
        return creating(number, specimen.record(number));
    }

    Write creating(int number, Map<String, NativeValue> properties) {
        String property = mapping.externalId();
        boolean keyed = declared.createLookup() instanceof CreateLookup.IdempotencyKey;
        return new Write(
                "create " + number,
                specimen.type(),
                null,
                properties,
                property == null ? null : new Write.ExternalId(property, key(number)),
                keyed ? key(number) : null);
    }

    Write changing(RecordRef record, Map<String, NativeValue> properties) {
        return new Write("change " + record.id(), specimen.type(), record, properties, null, null);
    }

    Outcome write(Write write) {
        return write(adapter, write);
    }

    static Outcome write(Adapter adapter, Write write) {
        if (adapter instanceof WritesOne one) {
            return one.write(write);
        } else if (adapter instanceof WritesMany many) {
            return Objects.requireNonNull(
                    many.writeMany(List.of(write)).get(write.key()), "a batch of one has no outcome for its only key");
        }
        throw new NotClaimed("neither WritesOne nor WritesMany");
    }

    /** Whether the adapter makes records of the type; where it does not, people do. */
    boolean creates() {
        return writes() && !specimen.madeByPeople();
    }

    /** A record that the adapter made or, where it makes none, a person. */
    RecordRef made(int number) {
        if (!creates()) {
            return lever(Lever.Hand.class).make(specimen.record(number));
        }
        return done(write(creating(number)), "a create").ref();
    }

    RecordRef made() {
        return made(next());
    }

    Outcome.Done change(RecordRef record, Map<String, NativeValue> properties) {
        return done(write(changing(record, properties)), "a change");
    }

    Read read(RecordRef record) {
        return read(adapter, record);
    }

    static Read read(Adapter adapter, RecordRef record) {
        if (adapter instanceof ReadsOne one) {
            return one.read(record);
        } else if (adapter instanceof ReadsMany many) {
            return Objects.requireNonNull(
                    many.readMany(List.of(record)).get(record), "a batch of one has no answer for its only record");
        }
        throw new NotClaimed("neither ReadsOne nor ReadsMany");
    }

    /** The rule needs reads and the declaration allows them. */
    void needsReads() {
        boolean one = adapter instanceof ReadsOne && declared.can(Operation.READ_ONE);
        boolean many = adapter instanceof ReadsMany && declared.can(Operation.READ_MANY);
        if (!one && !many) {
            throw new NotClaimed("no reads of " + specimen.type());
        }
    }

    void needsWrites() {
        if (!writes()) {
            throw new NotClaimed("neither WritesOne nor WritesMany");
        }
    }

    void needsCreates() {
        needsWrites();
        if (!creates()) {
            throw new NotClaimed("people alone make records of type " + specimen.type());
        }
    }

    ChangeEvent found(RecordRef record) {
        return found(read(record), "a read of a record that is there");
    }

    Map<String, NativeValue> shown(RecordRef record) {
        return found(record).properties();
    }

    // What is asserted

    static ChangeEvent found(@Nullable Read read, String what) {
        if (read instanceof Read.Found found) {
            return found.record();
        }
        throw new AssertionError(what + " must be Found, and is " + read);
    }

    static Outcome.Done done(@Nullable Outcome outcome, String what) {
        if (outcome instanceof Outcome.Done done) {
            return done;
        }
        throw new AssertionError(what + " must be Done, and is " + outcome);
    }

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    static <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new AssertionError(what);
        }
        return value;
    }

    static void equal(@Nullable Object actual, @Nullable Object expected, String what) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + actual);
        }
    }

    /** Each of these properties shows its value; one given as empty shows nothing. */
    static void shows(Map<String, NativeValue> shown, Map<String, NativeValue> expected, String what) {
        expected.forEach((property, value) -> {
            NativeValue found = shown.get(property);
            if (found == null) {
                throw new AssertionError(what + ": " + property + " is absent, and must be " + value);
            }
            that(
                    found.equals(value) || (found.isBlank() && value.isBlank()),
                    what + ": " + property + " must be " + value + ", and is " + found);
        });
    }

    static SyncException thrown(Callable<?> call, String what) throws Exception {
        Object answer;
        try {
            answer = call.call();
        } catch (SyncException expected) {
            return expected;
        }
        throw new AssertionError(what + " must be refused with a SyncException, and was answered with " + answer);
    }

    static void refused(SyncException.Kind kind, Callable<?> call, String what) throws Exception {
        equal(thrown(call, what).kind(), kind, what + ", the kind of its SyncException");
    }

    @Override
    public void close() {
        opened.forEach(Adapter::close);
    }
}
