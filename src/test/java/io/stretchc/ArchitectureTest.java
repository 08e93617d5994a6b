package io.stretchc;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The one-way packages: values in and values out in the core, the world only in the shell around it. */
class ArchitectureTest {
    private static final String ROOT = "io.stretchc";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final List<String> CORE = List.of(
            "diag",
            "topology",
            "syntax",
            "schema",
            "read",
            "quorum",
            "resolve",
            "check",
            "compile",
            "snapshot",
            "status",
            "invariant",
            "ledger",
            "backup",
            "plan",
            "journal",
            "simulate",
            "drill",
            "render");

    /** What each package may use of the others. */
    private static final SortedMap<String, List<String>> USES = table("""
            diag     ->
            topology ->
            syntax   -> diag
            schema   -> syntax diag
            read     -> syntax diag topology
            quorum   -> topology
            resolve  -> topology diag
            check    -> resolve quorum topology syntax diag
            compile  -> resolve topology quorum
            status   -> snapshot resolve quorum topology diag
            invariant -> status snapshot resolve quorum topology diag
            ledger   ->
            plan     -> snapshot resolve quorum topology diag
            simulate -> plan snapshot quorum resolve topology diag
            render   -> backup diag plan drill quorum status invariant ledger snapshot resolve topology
            snapshot -> topology quorum
            files    -> diag
            binary   -> topology diag
            observe  -> snapshot topology diag
            journal  -> plan topology
            apply    -> journal plan codec observe snapshot resolve topology diag
            drive    -> apply lab plan compile resolve topology diag
            drill    -> ledger
            backup   -> topology
            archive  -> backup
            vault    -> backup archive codec observe topology diag
            codec    -> backup journal plan drill quorum resolve snapshot ledger topology diag
            load     -> ledger codec diag
            nats     -> vault observe snapshot load ledger topology diag
            lab      -> topology resolve compile binary
            cli      -> backup vault diag topology syntax schema read quorum resolve check compile render files binary snapshot ledger codec observe load nats status invariant lab plan journal apply drive drill
            """);

    @Test
    void theRulesSeeTheProgramAndNotItsTests() {
        assertThat(CLASSES)
                .hasSizeGreaterThan(100)
                .noneMatch(c -> c.getSimpleName().endsWith("Test"));
    }

    @Test
    void everyPackageHasItsPlaceInTheTable() {
        var packages = new TreeSet<String>();
        CLASSES.forEach(c -> packages.add(c.getPackageName()));

        assertThat(packages)
                .containsExactlyElementsOf(
                        USES.keySet().stream().map(p -> ROOT + "." + p).toList());
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("allButTheOutermost")
    void eachPackageUsesOnlyWhatTheTableSays(String part) {
        String[] others = USES.keySet().stream()
                .filter(p ->
                        !p.equals(part) && !USES.getOrDefault(part, List.of()).contains(p))
                .map(ArchitectureTest::in)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(in(part))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void theCoreKnowsNoFilesNetworkThreadsOrConsole() {
        DescribedPredicate<JavaClass> world = describe(
                "files, network, threads, NATS, picocli or a log",
                c -> List.of(
                                        "java.io",
                                        "java.nio.file",
                                        "java.net",
                                        "java.util.concurrent",
                                        "io.nats",
                                        "picocli",
                                        "org.slf4j")
                                .stream()
                                .anyMatch(p -> (c.getPackageName() + ".").startsWith(p + "."))
                        && !c.isEquivalentTo(StringReader.class)
                        && !c.isEquivalentTo(StringWriter.class));

        noClasses()
                .that()
                .resideInAnyPackage(core())
                .should()
                .dependOnClassesThat(world)
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "picocli.., cli",
        "com.hubspot.., compile render",
        "org.yaml.., syntax",
        "com.networknt.., schema",
        "com.github.difflib.., render",
        "java.net.http.., binary",
        "io.nats.., nats",
        // The schema itself; JSON and SARIF output; contexts of the nats CLI, which are JSON; the manifest; what
        // servers
        // answer; snapshots; the state of labs.
        "com.fasterxml.., schema render compile files observe nats codec lab apply"
    })
    void aLibraryStaysInItsPackage(String library, String packages) {
        String[] homes = Arrays.stream(packages.split(" "))
                .map(p -> ROOT + "." + p + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
        for (String home : homes) {
            assertThat(CLASSES)
                    .as("%s is used in %s", library, home)
                    .anyMatch(c -> resideInAPackage(home).test(c)
                            && c.getDirectDependenciesFromSelf().stream()
                                    .anyMatch(d -> resideInAPackage(library).test(d.getTargetClass())));
        }
    }

    @Test
    void nothingLogs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..")
                .check(CLASSES);
    }

    @Test
    void clocksRandomnessAndTheProcessAreForTheOutermostPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("cli"), in("nats"))
                .should()
                .accessTargetWhere(access(
                        "a clock, a random source or the process",
                        List.of(
                                "java.time.Instant.now",
                                "java.time.LocalDate.now",
                                "java.time.LocalDateTime.now",
                                "java.time.ZonedDateTime.now",
                                "java.time.OffsetDateTime.now",
                                "java.time.Clock.systemUTC",
                                "java.time.Clock.systemDefaultZone",
                                "java.lang.System.currentTimeMillis",
                                "java.lang.System.nanoTime",
                                "java.lang.System.out",
                                "java.lang.System.err",
                                "java.lang.System.in",
                                "java.lang.System.exit",
                                "java.lang.System.getenv",
                                "java.lang.Thread.sleep",
                                "java.lang.Runtime.exit",
                                "java.lang.Runtime.halt",
                                "java.util.Date.<init>",
                                "java.util.Locale.getDefault",
                                "java.util.Random.<init>",
                                "java.security.SecureRandom.<init>",
                                "java.util.UUID.randomUUID",
                                "java.lang.Math.random")))
                .check(CLASSES);
    }

    @Test
    void whatReachesOutputHasAnOrder() {
        noClasses()
                .that()
                .resideInAnyPackage(in("resolve"), in("compile"), in("render"))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(HashMap.class, HashSet.class)
                .orShould()
                .accessTargetWhere(access(
                        "a collection whose order differs from run to run",
                        List.of(
                                "java.util.Set.of",
                                "java.util.Set.copyOf",
                                "java.util.Map.of",
                                "java.util.Map.copyOf",
                                "java.util.Map.ofEntries",
                                "java.util.stream.Collectors.toSet",
                                "java.util.stream.Collectors.toUnmodifiableSet",
                                "java.util.stream.Collectors.toMap",
                                "java.util.stream.Collectors.toUnmodifiableMap",
                                "java.util.stream.Collectors.groupingBy")))
                .check(CLASSES);
    }

    @Test
    void theTopologyIsMadeOfValues() {
        List<String> functions = List.of("Tag", "PeerId");
        DescribedPredicate<JavaClass> value = describe(
                "a record, an enum, a sealed interface or one of " + functions,
                c -> c.isRecord()
                        || c.isEnum()
                        || (c.isInterface() && c.reflect().isSealed())
                        || c.getSimpleName().equals("package-info")
                        || (functions.contains(c.getSimpleName())
                                && c.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.FINAL)));

        classes().that().resideInAPackage(in("topology")).should(be(value)).check(CLASSES);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    @Test
    void nothingIsNullUnlessItSaysSo() {
        var packages = new TreeMap<String, JavaPackage>();
        CLASSES.forEach(c -> packages.put(c.getPackageName(), c.getPackage()));

        assertThat(packages.values()).allMatch(p -> p.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(CLASSES);
    }

    /** {@code cli} wires everything together and may use all. */
    private static List<String> allButTheOutermost() {
        return USES.keySet().stream().filter(p -> !p.equals("cli")).toList();
    }

    private static String[] core() {
        return CORE.stream().map(ArchitectureTest::in).toArray(String[]::new);
    }

    private static String in(String part) {
        return ROOT + "." + part + "..";
    }

    private static SortedMap<String, List<String>> table(String text) {
        var table = new TreeMap<String, List<String>>();
        text.lines().forEach(line -> {
            String[] sides = line.split("->", -1);
            String used = sides[1].strip();
            table.put(sides[0].strip(), used.isEmpty() ? List.of() : List.of(used.split(" ")));
        });
        return table;
    }

    /** A call or field access by its full name. */
    private static DescribedPredicate<JavaAccess<?>> access(String what, List<String> targets) {
        return describe(
                what,
                a -> targets.contains(
                        a.getTargetOwner().getFullName() + "." + a.getTarget().getName()));
    }

    private static com.tngtech.archunit.lang.ArchCondition<JavaClass> be(DescribedPredicate<JavaClass> predicate) {
        return com.tngtech.archunit.lang.conditions.ArchConditions.be(predicate);
    }
}
