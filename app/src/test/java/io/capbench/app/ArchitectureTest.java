package io.capbench.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String[] ENGINES_OF_STORAGE = {
    "org.duckdb..", "org.apache.arrow..", "org.sqlite..", "java.sql.."
  };
  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.capbench");
  }

  @Test
  void aModuleUsesOnlyWhatStandsToItsRight() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("app")
        .definedBy("io.capbench.app..")
        .layer("viewer")
        .definedBy("io.capbench.viewer..")
        .layer("engine")
        .definedBy("io.capbench.engine..")
        .layer("storage")
        .definedBy("io.capbench.storage..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("viewer")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("viewer", "app")
        .whereLayer("storage")
        .mayOnlyBeAccessedByLayers("engine", "viewer", "app")
        .check(classes);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("io.capbench.storage.(*)..").should().beFreeOfCycles().check(classes);
    slices().matching("io.capbench.viewer.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void javaFxStaysInViewerAndApp() {
    noClasses()
        .that()
        .resideInAnyPackage("io.capbench.storage..", "io.capbench.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javafx..")
        .check(classes);
  }

  @Test
  void databasesStayInStorage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.capbench.storage..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINES_OF_STORAGE)
        .check(classes);
  }

  @Test
  void databasesAreInNoSignatureThatLeavesStorage() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.capbench.storage..")
        .and()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should(haveNoDatabaseTypes())
        .check(classes);
  }

  @Test
  void djlStaysInTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.capbench.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(classes);
  }

  @Test
  void picocliStaysInApp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.capbench.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(classes);
  }

  @Test
  void viewModelsKnowNoNodes() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("ViewModel")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javafx.scene..")
        .check(classes);
  }

  @Test
  void noClassIsNamedAfterNothing() {
    classes()
        .should()
        .haveNameNotMatching(".*(Manager|Utils|Util|Helper)$")
        .andShould()
        .haveNameNotMatching(".*\\.Abstract[A-Z].*")
        .check(classes);
  }

  @Test
  void everyClassThatTheDocumentNamesExists() throws IOException {
    Set<String> known =
        classes.stream()
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    Matcher names =
        Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)`")
            .matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
    Set<String> named = new TreeSet<>();
    while (names.find()) {
      named.add(names.group(1));
    }
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(known).containsAll(named);
  }

  @Test
  void noClassIsLongerThanFourHundredLines() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".java"))
              .filter(ArchitectureTest::isMain)
              .toList()) {
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400);
      }
    }
  }

  private static boolean isMain(Path path) {
    return path.toString().replace('\\', '/').contains("/src/main/java/");
  }

  private static ArchCondition<JavaMethod> haveNoDatabaseTypes() {
    return new ArchCondition<>("have no database types in their signature") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean leaks =
            Stream.concat(
                    method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                .anyMatch(DATABASE_TYPE);
        events.add(new SimpleConditionEvent(method, !leaks, method.getFullName()));
      }
    };
  }

  private static final DescribedPredicate<JavaClass> DATABASE_TYPE =
      JavaClass.Predicates.resideInAnyPackage(ENGINES_OF_STORAGE);
}
