#include "cut/fixes_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

#include "cut/toml_reader.h"

namespace nakawari {
namespace {

constexpr std::array<std::pair<FixKind, std::string_view>, 13> kWords{{{FixKind::stroke_pair, "stroke_pair"},
                                                                       {FixKind::no_partner, "no_partner"},
                                                                       {FixKind::guide, "guide"},
                                                                       {FixKind::arc, "arc"},
                                                                       {FixKind::group, "group"},
                                                                       {FixKind::depth, "depth"},
                                                                       {FixKind::spacing, "spacing"},
                                                                       {FixKind::paint_style, "paint_style"},
                                                                       {FixKind::close_gap, "close_gap"},
                                                                       {FixKind::open_gap, "open_gap"},
                                                                       {FixKind::trace_role, "trace_role"},
                                                                       {FixKind::intended, "intended"},
                                                                       {FixKind::approve, "approve"}}};

constexpr std::array kRoles{"shadow", "highlight", "shadow2", "normal"};

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

void read_in(TomlTable& table, Fix& fix) {
  std::string in;
  need(table, "in", table.read("in", in), "in = \"A0001\", the key that is meant");
  if (in != fix.from && in != fix.to) table.reject("in", "names neither of the two drawings");
  fix.in_first = in == fix.from;
}

void read_at(TomlTable& table, Fix& fix, bool needed) {
  const bool there = table.read("at", fix.at);
  if (needed) need(table, "at", there, "at = [x, y]");
  if (there && fix.at.size() != 1) table.reject("at", "is more than one point", "give one point, [x, y]");
}

void read_path(TomlTable& table, std::vector<Vec2>& path, const char* key, std::size_t least) {
  need(table, key, table.read(key, path), "a list of points, [[x, y], [x, y]]");
  if (path.size() < least)
    table.reject(key, fmt::format("\"{}\" has only {} points", key, path.size()),
                 fmt::format("give at least {}", least));
}

void read_sides(TomlTable& table, Fix& fix) {
  need(table, "a", table.read("a", fix.a), "a = [x, y]");
  need(table, "b", table.read("b", fix.b), "b = [x, y]");
  if (fix.kind == FixKind::guide && (fix.a.size() != 1 || fix.b.size() != 1))
    table.reject("a", "a guide takes one point of each drawing", "write one guide a point");
}

void read_point(TomlTable& table, const char* key, Vec2& point) {
  need(table, key, table.read(key, point), (std::string(key) + " = [x, y]").c_str());
}

void check_t(TomlTable& table, const Fix& fix) {
  if (!(fix.t > 0 && fix.t < 1))
    table.reject("t", "lies outside 0 to 1", "give a place between the two keys");
}

void read_spacing(TomlTable& table, Fix& fix) {
  read_at(table, fix, false);
  need(table, "t", table.read("t", fix.t), "t = 0.5");
  check_t(table, fix);
}

void read_until(TomlTable& table, Fix& fix) {
  if (table.read("t", fix.t)) check_t(table, fix);
}

void read_role(TomlTable& table, Fix& fix) {
  read_at(table, fix, true);
  need(table, "role", table.read("role", fix.role), "role = \"shadow\"");
  if (std::find(kRoles.begin(), kRoles.end(), fix.role) == kRoles.end())
    table.reject("role", "the role \"" + fix.role + "\" is not known",
                 "shadow, highlight, shadow2 or normal");
}

/// What lies at the points: as many texts as points, or none.
void read_marks(TomlTable& table, const char* key, std::size_t points, std::vector<LineMark>& marks) {
  std::vector<std::string> texts;
  std::string one;
  if (!table.has(key)) return;
  if (table.is_text(key) ? table.read(key, one) : table.read(key, texts))
    if (texts.empty()) texts.push_back(one);
  if (texts.size() != points)
    return table.reject(key,
                        fmt::format("\"{}\" describes {} points, there are {}", key, texts.size(), points),
                        "describe each point, or none");
  for (const std::string& text : texts) {
    const auto mark = mark_from(text);
    if (!mark)
      return table.reject(key, "\"" + text + "\" describes neither a line nor a region",
                          "write \"black 212 35 3.2\" or \"region 5210\", or leave it out");
    marks.push_back(*mark);
  }
}

void read_body(TomlTable& table, Fix& fix) {
  if (fix.of_pair())
    read_keys(table, fix);
  else
    need(table, "drawing", table.read("drawing", fix.drawing), "drawing = \"A0003\"");
  switch (fix.kind) {
    case FixKind::stroke_pair:
    case FixKind::guide:
      return read_sides(table, fix);
    case FixKind::no_partner:
      return read_at(table, fix, true), read_in(table, fix);
    case FixKind::arc:
      return read_path(table, fix.path, "path", 2);
    case FixKind::group:
      table.read("name", fix.name);
      return read_in(table, fix), read_path(table, fix.lasso, "lasso", 3);
    case FixKind::depth:
      return read_in(table, fix), read_point(table, "front", fix.front),
             read_point(table, "behind", fix.behind), read_until(table, fix);
    case FixKind::spacing:
      return read_spacing(table, fix);
    case FixKind::paint_style:
      return read_at(table, fix, true),
             need(table, "style", table.read("style", fix.style), "style = \"skin\"");
    case FixKind::close_gap:
    case FixKind::open_gap:
      return read_path(table, fix.path, "path", 2);
    case FixKind::trace_role:
      return read_role(table, fix);
    case FixKind::intended:
      return read_at(table, fix, false),
             need(table, "what", table.read("what", fix.what), "what = \"no-partner\", the finding's word");
    case FixKind::approve:
      table.read("lines", fix.lines);
      table.read("painted", fix.painted);
      return;
    case FixKind::unknown:
      return;
  }
}

Fix read_fix(TomlTable& table, const std::string& file, Report& notes) {
  Fix fix;
  fix.line = table.line();
  table.read("id", fix.id);
  table.read("time", fix.time);
  table.read("author", fix.author);
  if (!table.read("kind", fix.word)) table.reject("kind", "a fix has no kind", "add kind = \"guide\"");
  fix.kind = fix_kind(fix.word);
  if (fix.kind == FixKind::unknown) {
    table.skip_rest();
    notes.push_back({"unknown-kind",
                     "the kind \"" + fix.word + "\" is not known to this version and has no effect",
                     {.file = file, .line = table.line("kind")}});
    return fix;
  }
  read_body(table, fix);
  read_marks(table, "like_a", fix.a.size(), fix.like_a);
  read_marks(table, "like_b", fix.b.size(), fix.like_b);
  read_marks(table, "like", fix.at.size(), fix.like);
  return fix;
}

// --- to text ---------------------------------------------------------------------------------------------

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (u < 0x20 || u == 0x7F)
      out += fmt::format("\\u{:04X}", u);
    else
      out += c;
  }
  return out + "\"";
}

/// Two decimals, as short as may be; never "-0".
std::string number(double value) {
  constexpr double kDecimals = 100;
  const double rounded = std::round(value * kDecimals) / kDecimals;
  return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

std::string point(Vec2 p) {
  return "[" + number(p.x) + ", " + number(p.y) + "]";
}

std::string list(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ", ") + item;
  return "[" + out + "]";
}

std::string points(const std::vector<Vec2>& all) {
  std::vector<std::string> items;
  for (const Vec2& p : all) items.push_back(point(p));
  return list(items);
}

void add(std::string& text, const char* key, const std::string& value) {
  text += std::string(key) + " = " + value + "\n";
}

void add_text(std::string& text, const char* key, const std::string& value) {
  if (!value.empty()) add(text, key, quoted(value));
}

void add_points(std::string& text, const char* key, const std::vector<Vec2>& value) {
  if (!value.empty()) add(text, key, points(value));
}

void add_marks(std::string& text, const char* key, const std::vector<LineMark>& marks) {
  std::vector<std::string> items;
  for (const LineMark& mark : marks) items.push_back(quoted(to_text(mark)));
  if (!items.empty()) add(text, key, list(items));
}

// --- to match --------------------------------------------------------------------------------------------

/// Moves every point onto its line; false when one has none.
bool place(const Drawing& drawing, std::vector<Vec2>& points, const std::vector<LineMark>& marks) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto found = find_anchor(drawing, points[i], i < marks.size() ? marks[i] : LineMark{});
    if (!found) return false;
    // A point within reach is the person's own; only one that the line ran away from is moved.
    if (found->distance > kAnchorReach) points[i] = found->at;
  }
  return true;
}

}  // namespace

std::string_view word(FixKind kind) {
  for (const auto& [each, name] : kWords)
    if (each == kind) return name;
  return {};
}

FixKind fix_kind(std::string_view text) {
  for (const auto& [kind, name] : kWords)
    if (name == text) return kind;
  return FixKind::unknown;
}

Result<Fixes> read_fixes(std::string_view text, const std::string& file) {
  Fixes fixes;
  fixes.file = file;
  TomlReader reader(text, file);
  TomlTable root = reader.root();
  std::set<std::string> ids;
  Report unknown;
  for (TomlTable& table : root.tables("fix")) {
    Fix fix = read_fix(table, file, unknown);
    if (fix.id.empty()) fix.id = "line " + std::to_string(fix.line);
    if (!ids.insert(fix.id).second)
      table.reject("id", "there are two fixes \"" + fix.id + "\"", "give each its own id");
    fixes.fixes.push_back(std::move(fix));
  }
  auto notes = reader.finish();
  if (!notes) return Failure(std::move(notes.error()));
  fixes.notes = std::move(*notes);
  fixes.notes.insert(fixes.notes.end(), unknown.begin(), unknown.end());
  return fixes;
}

std::string fix_text(const Fix& fix) {
  std::string text = "[[fix]]\n";
  add_text(text, "id", fix.id);
  add_text(text, "time", fix.time);
  add_text(text, "author", fix.author);
  add(text, "kind", quoted(fix.kind == FixKind::unknown ? fix.word : std::string(word(fix.kind))));
  if (!fix.from.empty()) add(text, "drawings", list({quoted(fix.from), quoted(fix.to)}));
  add_text(text, "drawing", fix.drawing);
  if (fix.kind == FixKind::no_partner || fix.kind == FixKind::group || fix.kind == FixKind::depth)
    add(text, "in", quoted(fix.in_first ? fix.from : fix.to));
  if (fix.kind == FixKind::spacing || (fix.kind == FixKind::depth && fix.t > 0))
    add(text, "t", fmt::format("{:.6g}", fix.t));
  add_text(text, "name", fix.name);
  add_text(text, "style", fix.style);
  add_text(text, "role", fix.role);
  add_text(text, "what", fix.what);
  add_text(text, "lines", fix.lines);
  add_text(text, "painted", fix.painted);
  add_points(text, "a", fix.a);
  add_points(text, "b", fix.b);
  if (fix.at.size() == 1) add(text, "at", point(fix.at.front()));
  add_points(text, "path", fix.path);
  add_points(text, "lasso", fix.lasso);
  if (fix.kind == FixKind::depth) {
    add(text, "front", point(fix.front));
    add(text, "behind", point(fix.behind));
  }
  add_marks(text, "like_a", fix.like_a);
  add_marks(text, "like_b", fix.like_b);
  add_marks(text, "like", fix.like);
  return text;
}

MatchFixes match_fixes(const std::vector<const Fix*>& fixes, const Drawing& a, const Drawing& b,
                       std::vector<const Fix*>& lost, std::vector<std::string>& used) {
  MatchFixes result;
  for (const Fix* each : fixes) {
    Fix fix = *each;
    std::vector<Vec2> ends = fix.path.empty() ? std::vector<Vec2>() : std::vector<Vec2>{fix.path.front()};
    const Drawing& in = fix.in_first ? a : b;
    bool here = place(a, fix.a, fix.like_a) && place(b, fix.b, fix.like_b) && place(in, fix.at, fix.like);
    if (fix.kind == FixKind::arc) here = here && place(a, ends, {});
    if (!here) {
      lost.push_back(each);
      continue;
    }
    used.push_back(fix.id);
    if (fix.kind == FixKind::guide) result.guides.push_back({fix.id, fix.a.front(), fix.b.front()});
    if (fix.kind == FixKind::stroke_pair) result.stroke_pairs.push_back({fix.id, fix.a, fix.b});
    if (fix.kind == FixKind::no_partner) result.no_partner.push_back({fix.id, fix.in_first, fix.at.front()});
    if (fix.kind == FixKind::arc) result.arcs.push_back({fix.id, fix.path});
    if (fix.kind == FixKind::group) result.groups.push_back({fix.id, fix.in_first, fix.lasso, fix.name});
    if (fix.kind == FixKind::depth)
      result.depths.push_back({fix.id, fix.in_first, fix.front, fix.behind, fix.t > 0 ? fix.t : 1});
  }
  return result;
}

Note lost_note(const Fix& fix, const std::string& file, const std::string& why) {
  return {"lost-fix", "fix \"" + fix.id + "\" could not be placed: " + why, {.file = file, .line = fix.line}};
}

}  // namespace nakawari
