package io.capbench.viewer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the classes of the window may know of each other. */
@AnalyzeClasses(packages = "io.capbench.viewer", importOptions = DoNotIncludeTests.class)
class ViewModelRulesTest {
  @ArchTest
  static final ArchRule viewModelsKnowNoNodes =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("ViewModel")
          .or()
          .haveSimpleName("JobItem")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "javafx.scene..",
              "javafx.stage..",
              "javafx.animation..",
              "org.controlsfx..",
              "atlantafx..",
              "org.kordamp..");

  @ArchTest
  static final ArchRule viewModelsAreFinal =
      classes()
          .that()
          .haveSimpleNameEndingWith("ViewModel")
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

  @ArchTest
  static final ArchRule onlyTheShellKnowsTheShell =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.capbench.viewer.shell")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.capbench.viewer.shell");
}
