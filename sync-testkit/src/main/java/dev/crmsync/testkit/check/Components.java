package dev.crmsync.testkit.check;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Gets at the components of records of one class, whichever they are. */
final class Components {
    final int name;
    final boolean shared;
    private final MethodHandle[] getters;

    Components(Class<?> type, int name, boolean shared) {
        this.name = name;
        this.shared = shared;
        RecordComponent[] all = type.getRecordComponents();
        getters = new MethodHandle[all.length];
        for (int i = 0; i < all.length; i++) {
            try {
                getters[i] = MethodHandles.lookup()
                        .unreflect(all[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
            } catch (IllegalAccessException hidden) {
                throw new IllegalStateException("a state holds what cannot be looked at: " + all[i], hidden);
            }
        }
    }

    int size() {
        return getters.length;
    }

    @Nullable Object get(Record record, int index) {
        try {
            return (Object) getters[index].invokeExact((Object) record);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw new IllegalStateException("an accessor of a record throws nothing that is checked", failed);
        }
    }
}
