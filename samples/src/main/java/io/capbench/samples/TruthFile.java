package io.capbench.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.samples.caption.Planted;
import io.capbench.samples.world.Box;
import io.capbench.samples.world.Relation;
import io.capbench.samples.world.Thing;
import java.io.UncheckedIOException;
import java.util.Map;

/** What is true of a row, as a line of JSON. */
final class TruthFile {
  private final JsonMapper json = JsonMapper.builder().build();

  /** The row's line, without a line end. */
  String line(SampleRow row) {
    ObjectNode node = json.createObjectNode();
    node.put("row", row.number()).put("path", row.path());
    node.put("width", row.scene().width()).put("height", row.scene().height());
    node.put("place", row.scene().place().noun());
    ArrayNode objects = node.putArray("objects");
    for (Thing thing : row.scene().things()) {
      ObjectNode object = objects.addObject();
      object.put("kind", thing.kind().noun()).put("colour", thing.colour().word());
      Box box = thing.box();
      object.putArray("box").add(box.x()).add(box.y()).add(box.w()).add(box.h());
      object.put("lettering", thing.lettering());
    }
    ArrayNode relations = node.putArray("relations");
    for (Relation relation : row.scene().relations()) {
      relations
          .addObject()
          .put("subject", relation.subject())
          .put("relation", relation.words())
          .put("object", relation.object());
    }
    ObjectNode facts = node.putObject("facts");
    for (Map.Entry<String, String> fact : row.captions().facts().entrySet()) {
      facts.put(fact.getKey(), fact.getValue());
    }
    ArrayNode planted = node.putArray("planted");
    for (Planted span : row.captions().planted()) {
      planted
          .addObject()
          .put("track", span.track().column())
          .put("type", span.fault().word())
          .put("start", span.start())
          .put("end", span.end())
          .put("text", span.text());
    }
    try {
      return json.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
