package io.capbench.storage.workspace;

import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in words what SQLite says in codes. */
final class WorkspaceErrors {
  private static final int PRIMARY_CODE = 0xff;

  private WorkspaceErrors() {}

  /** The exception to throw for that error on that file. */
  static CapbenchException explain(Path file, SQLException error) {
    return new CapbenchException(sentence(file, error), error);
  }

  /** Whether it has that code, or an extended code of it. */
  static boolean is(SQLException error, SQLiteErrorCode code) {
    return error instanceof SQLiteException sqlite
        && (sqlite.getResultCode().code & PRIMARY_CODE) == code.code;
  }

  private static String sentence(Path file, SQLException error) {
    if (is(error, SQLiteErrorCode.SQLITE_BUSY) || is(error, SQLiteErrorCode.SQLITE_LOCKED)) {
      return "Another program holds the workspace "
          + file
          + " and does not let go of it. Nothing was written. Close the other program, or try again.";
    }
    if (is(error, SQLiteErrorCode.SQLITE_FULL)) {
      return "The disk with the workspace "
          + file
          + " is full. Nothing was written. Make room and try again.";
    }
    if (is(error, SQLiteErrorCode.SQLITE_CORRUPT) || is(error, SQLiteErrorCode.SQLITE_NOTADB)) {
      return "The workspace "
          + file
          + " is damaged ("
          + error.getMessage()
          + "). Keep a copy of it and go back to a backup; the sqlite3 program's .recover command"
          + " can save what is left.";
    }
    if (is(error, SQLiteErrorCode.SQLITE_READONLY)
        || is(error, SQLiteErrorCode.SQLITE_PERM)
        || is(error, SQLiteErrorCode.SQLITE_CANTOPEN)) {
      return "The workspace "
          + file
          + " or the folder it is in cannot be written ("
          + error.getMessage()
          + "). Nothing was written. Give yourself the right to write there, or copy the workspace"
          + " to another folder.";
    }
    if (is(error, SQLiteErrorCode.SQLITE_IOERR)) {
      return "The disk with the workspace "
          + file
          + " does not answer as it should ("
          + error.getMessage()
          + "). Check the disk or the network drive and open the workspace again.";
    }
    return "The workspace " + file + " could not be used: " + error.getMessage();
  }
}
