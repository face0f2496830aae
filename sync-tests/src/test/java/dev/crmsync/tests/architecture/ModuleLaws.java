package dev.crmsync.tests.architecture;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a module may contain and how it is named. */
final class ModuleLaws {
    /** What people copy out of the house bears none of its names. */
    private static final String COPIED = "examples/adapter-template";

    private ModuleLaws() {}

    /** The packages that lie in more than one module, each with the modules. */
    static Map<String, Set<String>> splitPackages(Map<String, ? extends Collection<String>> packagesByModule) {
        Map<String, Set<String>> modulesByPackage = new TreeMap<>();
        packagesByModule.forEach((module, packages) -> packages.forEach(name ->
                modulesByPackage.computeIfAbsent(name, any -> new TreeSet<>()).add(module)));
        modulesByPackage.values().removeIf(modules -> modules.size() < 2);
        return modulesByPackage;
    }

    /** The packages that do not belong to the module in which they lie, by module. */
    static Map<String, List<String>> strayPackages(
            String root, Map<String, ? extends Collection<String>> packagesByModule) {
        Map<String, List<String>> stray = new TreeMap<>();
        packagesByModule.forEach((module, packages) -> {
            List<String> rooms = rooms(root, module);
            List<String> outside = packages.stream()
                    .filter(name -> rooms.stream().noneMatch(room -> name.equals(room) || name.startsWith(room + ".")))
                    .sorted()
                    .toList();
            if (!outside.isEmpty()) {
                stray.put(module, outside);
            }
        });
        return stray;
    }

    static String moduleName(String root, String module) {
        return root + "." + module.replaceFirst("^(sync-|examples/)", "").replace('-', '.');
    }

    private static List<String> rooms(String root, String module) {
        if (module.equals(COPIED)) {
            return List.of("com.example");
        }
        return module.equals("sync-core")
                ? Laws.CORE.stream().map(room -> root + "." + room).collect(Collectors.toList())
                : List.of(moduleName(root, module));
    }
}
