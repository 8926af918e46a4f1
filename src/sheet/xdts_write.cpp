#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "sheet/xdts.h"
#include "sheet/xdts_words.h"

namespace nakawari {
namespace {

using namespace xdts;
using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

/// What was kept, as an object; nothing when a caller put something else there.
Json kept_object(const std::string& kept) {
  if (kept.empty()) return Json::object();
  Json parsed = Json::parse(kept, nullptr, false);
  return parsed.is_object() ? parsed : Json::object();
}

Json part(const Json& kept, const char* key) {
  return kept.contains(key) ? kept[key] : Json();
}

/// Adds kept fields after the known ones; a known field is never overwritten.
void restore(OrderedJson& object, const Json& fields) {
  if (!fields.is_object()) return;
  for (const auto& [key, value] : fields.items()) {
    if (!object.contains(key)) object[key] = value;
  }
}

std::string_view symbol(Mark mark) {
  switch (mark) {
    case Mark::empty:
      return kEmptySymbol;
    case Mark::tick:
      return kTickSymbol;
    case Mark::reverse_tick:
      return kReverseSymbol;
    default:
      return kHoldSymbol;
  }
}

OrderedJson entry_json(const SheetEntry& entry) {
  const Json kept = kept_object(entry.kept);
  OrderedJson values = OrderedJson::array();
  const bool named = entry.mark == Mark::text || entry.mark == Mark::other;
  values.push_back(named ? entry.name : std::string(symbol(entry.mark)));
  for (const std::string& value : entry.more) values.push_back(value);

  const Json data_kept = part(kept, "data");
  OrderedJson first = OrderedJson::object();
  first["id"] = data_kept.is_object() && data_kept.contains("id") ? data_kept["id"] : Json(0);
  first["values"] = std::move(values);
  restore(first, data_kept);
  OrderedJson data = OrderedJson::array({std::move(first)});
  if (const Json more = part(kept, "more"); more.is_array()) {
    for (const Json& other : more) data.push_back(OrderedJson(other));
  }
  OrderedJson json = OrderedJson::object();
  json["frame"] = entry.frame;
  json["data"] = std::move(data);
  restore(json, part(kept, "frame"));
  return json;
}

/// One field and the names of its tracks; nothing for a field without tracks.
void add_field(int id, const std::vector<SheetTrack>& tracks, const Json& kept, OrderedJson& headers,
               OrderedJson& fields) {
  const std::string key = field_key(id);
  const Json field_kept = part(kept, key.c_str());
  const Json header_kept = part(kept, (key + "Header").c_str());
  if (tracks.empty() && id != kCelField && !field_kept.is_object() && !header_kept.is_object()) return;
  std::vector<std::string> names;
  OrderedJson list = OrderedJson::array();
  for (const SheetTrack& track : tracks) {
    const auto place = static_cast<std::size_t>(std::clamp(track.number, 0, kMaxSheetTracks - 1));
    if (names.size() <= place) names.resize(place + 1);
    names[place] = track.name;
    OrderedJson json = OrderedJson::object();
    json["trackNo"] = track.number;
    json["frames"] = OrderedJson::array();
    for (const SheetEntry& entry : track.entries) json["frames"].push_back(entry_json(entry));
    restore(json, kept_object(track.kept));
    list.push_back(std::move(json));
  }
  OrderedJson header = OrderedJson::object();
  header["fieldId"] = id;
  header["names"] = names;
  restore(header, header_kept);
  headers.push_back(std::move(header));
  OrderedJson field = OrderedJson::object();
  field["fieldId"] = id;
  field["tracks"] = std::move(list);
  restore(field, field_kept);
  fields.push_back(std::move(field));
}

/// Version 5 has one text per camera instruction.
bool needs_version_10(const ExposureSheet& sheet) {
  for (const SheetTrack& track : sheet.camera) {
    for (const SheetEntry& entry : track.entries) {
      if (!entry.more.empty()) return true;
    }
  }
  return sheet.version == 10;
}

void append_all(OrderedJson& list, const Json& kept) {
  if (!kept.is_array()) return;
  for (const Json& value : kept) list.push_back(OrderedJson(value));
}

}  // namespace

std::string write_xdts(const ExposureSheet& sheet) {
  const Json kept = kept_object(sheet.kept);
  OrderedJson root = OrderedJson::object();
  root["version"] = needs_version_10(sheet) ? 10 : 5;
  const Json header_kept = part(kept, "header");
  if (!sheet.cut.empty() || !sheet.scene.empty() || header_kept.is_object()) {
    root["header"] = OrderedJson::object();
    root["header"]["cut"] = sheet.cut;
    root["header"]["scene"] = sheet.scene;
    restore(root["header"], header_kept);
  }

  OrderedJson headers = OrderedJson::array();
  OrderedJson fields = OrderedJson::array();
  add_field(kCelField, sheet.cels, kept, headers, fields);
  add_field(kDialogueField, sheet.dialogue, kept, headers, fields);
  add_field(kCameraField, sheet.camera, kept, headers, fields);
  append_all(headers, part(kept, "headers"));
  append_all(fields, part(kept, "fields"));

  OrderedJson table = OrderedJson::object();
  table["name"] = sheet.name;
  table["duration"] = sheet.duration;
  if (sheet.fps != 24) table["frameRate"] = sheet.fps;
  table["timeTableHeaders"] = std::move(headers);
  table["fields"] = std::move(fields);
  restore(table, part(kept, "timeTable"));
  root["timeTables"] = OrderedJson::array({std::move(table)});
  append_all(root["timeTables"], part(kept, "timelines"));
  restore(root, part(kept, "root"));
  return std::string(kHeader) + "\n" + root.dump(1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace nakawari
