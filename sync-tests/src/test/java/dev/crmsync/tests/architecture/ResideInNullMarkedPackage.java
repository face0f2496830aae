package dev.crmsync.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Holds for a class whose own package says {@link NullMarked}; an outer package says nothing about its inner ones. */
final class ResideInNullMarkedPackage extends ArchCondition<JavaClass> {
    ResideInNullMarkedPackage() {
        super("reside in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getSimpleName().equals("module-info")
                || type.getPackage().tryGetPackageInfo().isPresent()
                        && type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(
                type, marked, type.getFullName() + " resides in a package that is not @NullMarked"));
    }
}
