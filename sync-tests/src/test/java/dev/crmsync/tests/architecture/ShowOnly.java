package dev.crmsync.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Holds for a class whose public face, generic arguments included, names types of the given packages only. */
final class ShowOnly extends ArchCondition<JavaClass> {
    private final List<PackageMatcher> allowed;

    ShowOnly(List<String> allowed) {
        super("show only types of %s", allowed);
        this.allowed = allowed.stream().map(PackageMatcher::of).toList();
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!open(type.getModifiers())) {
            return;
        }
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .forEach(parent -> judge(type, type.getFullName(), parent, events));
        type.getMembers().stream()
                .filter(member -> open(member.getModifiers()))
                .forEach(member -> shown(member).forEach(seen -> judge(type, member.getFullName(), seen, events)));
    }

    private static boolean open(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> shown(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            return Stream.of(
                            Stream.of(code.getReturnType()),
                            code.getParameterTypes().stream(),
                            code.getExceptionTypes().stream())
                    .flatMap(types -> types);
        }
        return member.getAllInvolvedRawTypes().stream().map(JavaType.class::cast);
    }

    private void judge(JavaClass type, String where, JavaType seen, ConditionEvents events) {
        seen.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .filter(raw -> !raw.isPrimitive())
                .filter(raw -> allowed.stream().noneMatch(matcher -> matcher.matches(raw.getPackageName())))
                .forEach(raw -> events.add(SimpleConditionEvent.violated(type, where + " shows " + raw.getFullName())));
    }
}
