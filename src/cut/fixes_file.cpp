#include "cut/fixes_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "cut/toml_reader.h"

namespace nakawari {
namespace {

std::optional<FixKind> kind_of(const std::string& word) {
  if (word == "stroke_pair") return FixKind::stroke_pair;
  if (word == "no_partner") return FixKind::no_partner;
  if (word == "guide") return FixKind::guide;
  if (word == "spacing") return FixKind::spacing;
  if (word == "paint_style") return FixKind::paint_style;
  return std::nullopt;
}

void need(TomlTable& table, const char* key, bool there, const char* example) {
  if (!there)
    table.reject("kind", std::string("this fix has no \"") + key + "\"", std::string("add ") + example);
}

void read_keys(TomlTable& table, Fix& fix) {
  std::vector<std::string> keys;
  table.read("drawings", keys);
  need(table, "drawings", !keys.empty(), "drawings = [\"A0001\", \"A0005\"]");
  if (keys.size() != 2) return table.reject("drawings", "does not name two drawings", "name the two keys");
  fix.from = keys[0];
  fix.to = keys[1];
}

void read_no_partner(TomlTable& table, Fix& fix) {
  std::string in;
  need(table, "in", table.read("in", in), "in = \"A0001\", the key that has the line");
  if (in != fix.from && in != fix.to) table.reject("in", "names neither of the two drawings");
  fix.in_first = in == fix.from;
}

void read_spacing(TomlTable& table, Fix& fix) {
  need(table, "t", table.read("t", fix.t), "t = 0.5");
  if (!(fix.t > 0 && fix.t < 1))
    table.reject("t", "lies outside 0 to 1", "give a place between the two keys");
}

Fix read_fix(TomlTable& table) {
  Fix fix;
  std::string word;
  fix.line = table.line();
  table.read("id", fix.id);
  table.read("time", fix.time);
  table.read("author", fix.author);
  if (!table.read("kind", word)) table.reject("kind", "a fix has no kind", "add kind = \"guide\"");
  const auto kind = kind_of(word);
  if (!kind) {
    table.reject("kind", "the kind \"" + word + "\" is not known",
                 "stroke_pair, no_partner, guide, spacing or paint_style");
    return fix;
  }
  fix.kind = *kind;

  const bool pair = fix.kind == FixKind::stroke_pair || fix.kind == FixKind::guide;
  if (pair || fix.kind == FixKind::no_partner)
    read_keys(table, fix);
  else
    need(table, "drawing", table.read("drawing", fix.drawing), "drawing = \"A0003\"");
  if (pair) {
    need(table, "a", table.read("a", fix.a), "a = [x, y]");
    need(table, "b", table.read("b", fix.b), "b = [x, y]");
    if (fix.kind == FixKind::guide && (fix.a.size() != 1 || fix.b.size() != 1))
      table.reject("a", "a guide takes one point of each drawing", "write one guide a point");
    return fix;
  }
  table.read("at", fix.at);
  if (fix.kind == FixKind::no_partner) read_no_partner(table, fix);
  if (fix.kind == FixKind::spacing) return read_spacing(table, fix), fix;
  need(table, "at", fix.at.size() == 1, "at = [x, y]");
  if (fix.kind == FixKind::paint_style)
    need(table, "style", table.read("style", fix.style), "style = \"skin\"");
  return fix;
}

/// Distance from a point to the nearest centre line.
double distance_to_lines(const Drawing& drawing, Vec2 point) {
  double best = std::numeric_limits<double>::infinity();
  for (const Stroke& stroke : drawing.strokes)
    for (const Vec2& p : stroke.points) best = std::min(best, length_squared(p - point));
  return std::sqrt(best);
}

bool on_lines(const Drawing& drawing, const std::vector<Vec2>& points) {
  const double reach = kFixReach * std::max(1.0, std::max(drawing.width, drawing.height) / 1920.0);
  return std::all_of(points.begin(), points.end(),
                     [&](Vec2 p) { return distance_to_lines(drawing, p) <= reach; });
}

}  // namespace

Result<Fixes> read_fixes(std::string_view text, const std::string& file) {
  Fixes fixes;
  fixes.file = file;
  TomlReader reader(text, file);
  TomlTable root = reader.root();
  std::set<std::string> ids;
  for (TomlTable& table : root.tables("fix")) {
    Fix fix = read_fix(table);
    if (fix.id.empty()) fix.id = "line " + std::to_string(fix.line);
    if (!ids.insert(fix.id).second)
      table.reject("id", "there are two fixes \"" + fix.id + "\"", "give each its own id");
    fixes.fixes.push_back(std::move(fix));
  }
  auto notes = reader.finish();
  if (!notes) return Failure(std::move(notes.error()));
  fixes.notes = std::move(*notes);
  return fixes;
}

MatchFixes match_fixes(const std::vector<const Fix*>& fixes, const Drawing& a, const Drawing& b,
                       std::vector<const Fix*>& lost, std::vector<std::string>& used) {
  MatchFixes result;
  for (const Fix* fix : fixes) {
    const bool here = fix->kind == FixKind::no_partner ? on_lines(fix->in_first ? a : b, fix->at)
                                                       : on_lines(a, fix->a) && on_lines(b, fix->b);
    if (!here) {
      lost.push_back(fix);
      continue;
    }
    used.push_back(fix->id);
    if (fix->kind == FixKind::guide) result.guides.push_back({fix->id, fix->a.front(), fix->b.front()});
    if (fix->kind == FixKind::stroke_pair) result.stroke_pairs.push_back({fix->id, fix->a, fix->b});
    if (fix->kind == FixKind::no_partner)
      result.no_partner.push_back({fix->id, fix->in_first, fix->at.front()});
  }
  return result;
}

Note lost_note(const Fix& fix, const std::string& file, const std::string& why) {
  return {"lost-fix", "fix \"" + fix.id + "\" could not be placed: " + why, {.file = file, .line = fix.line}};
}

}  // namespace nakawari
