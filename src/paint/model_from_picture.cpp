#include "paint/model_from_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "image/components.h"
#include "image/line_image.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

using Key = std::uint32_t;

Key key(Rgba8 c) {
  return static_cast<Key>(c.r) << 16U | static_cast<Key>(c.g) << 8U | c.b;
}

Rgba8 colour(Key k) {
  return {static_cast<std::uint8_t>(k >> 16U & 255U), static_cast<std::uint8_t>(k >> 8U & 255U),
          static_cast<std::uint8_t>(k & 255U), 255};
}

bool is_paper(Rgba8 c) {
  return c.a == 0 || c == kPaper;
}

/// What the picture shows of one colour.
struct Seen {
  int pixels = 0;
  int filled = 0;             ///< middles of 3 x 3 px of it
  int x = 0, y = 0;           ///< such a place
  std::map<Key, int> beside;  ///< pixel edges shared with another colour
};

std::map<Key, Seen> colours_of(const Raster& picture) {
  std::map<Key, Seen> seen;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const Rgba8 c = picture(x, y);
      if (c.a != 255) continue;
      Seen& here = seen[key(c)];
      ++here.pixels;
      bool middle = true;
      for (int dy = -1; dy <= 1 && middle; ++dy)
        for (int dx = -1; dx <= 1 && middle; ++dx)
          middle = picture.contains(x + dx, y + dy) && picture(x + dx, y + dy) == c;
      if (middle && here.filled++ == 0) {
        here.x = x;
        here.y = y;
      }
      for (const auto& [dx, dy] : {std::pair{1, 0}, {0, 1}}) {
        if (!picture.contains(x + dx, y + dy)) continue;
        const Rgba8 other = picture(x + dx, y + dy);
        if (other == c || other.a != 255) continue;
        ++here.beside[key(other)];
        ++seen[key(other)].beside[key(c)];
      }
    }
  }
  return seen;
}

double brightness(Rgba8 c) {
  return 0.299 * c.r + 0.587 * c.g + 0.114 * c.b;
}

/// True when `dark` may be `light` in shadow: darker in every channel, and in all by about the same share.
bool shadow_like(Rgba8 light, Rgba8 dark) {
  constexpr double kLeast = 0.35, kMost = 0.97, kSpread = 0.34;
  constexpr double kSoft = 24;  // dark channels say little
  std::array<double, 3> share{(dark.r + kSoft) / (light.r + kSoft), (dark.g + kSoft) / (light.g + kSoft),
                              (dark.b + kSoft) / (light.b + kSoft)};
  const auto [least, most] = std::minmax_element(share.begin(), share.end());
  const double all = (brightness(dark) + kSoft) / (brightness(light) + kSoft);
  return *most <= 1.03 && *most - *least <= kSpread && all >= kLeast && all <= kMost;
}

/// "light orange".
std::string name_of(Rgba8 c) {
  const int most = std::max({c.r, c.g, c.b}), least = std::min({c.r, c.g, c.b});
  const double light = brightness(c) / 255;
  const char* tone = light > 0.72 ? "light " : light < 0.33 ? "dark " : "";
  if (most - least < 18) return light > 0.95 ? "white" : light < 0.06 ? "black" : std::string(tone) + "grey";
  const double range = most - least;
  double hue = most == c.r   ? 60 * ((c.g - c.b) / range)
               : most == c.g ? 60 * ((c.b - c.r) / range) + 120
                             : 60 * ((c.r - c.g) / range) + 240;
  if (hue < 0) hue += 360;
  struct Hue {
    double to;
    const char* word;
  };
  constexpr std::array<Hue, 9> kHues{{{16, "red"},
                                      {44, "orange"},
                                      {70, "yellow"},
                                      {165, "green"},
                                      {195, "cyan"},
                                      {255, "blue"},
                                      {290, "purple"},
                                      {345, "pink"},
                                      {361, "red"}}};
  for (const Hue& each : kHues) {
    if (hue >= each.to) continue;
    const bool brown = std::string_view(each.word) == "orange" && light < 0.5;
    return std::string(tone) + (brown ? "brown" : each.word);
  }
  return "red";
}

bool is_trace_ink(Rgba8 c) {
  constexpr std::array kInks{Ink::red, Ink::blue, Ink::green, Ink::yellow};
  return std::any_of(kInks.begin(), kInks.end(), [&](Ink ink) { return ink_colour(ink) == c; });
}

/// A style to be, with the one it belongs to.
struct Draft {
  Key key = 0;
  StyleRole role = StyleRole::normal;
  int of = -1;  ///< index of the draft that it is the shadow or highlight of
};

/// Roles by what lies beside what.
void guess_roles(const std::map<Key, Seen>& seen, std::vector<Draft>& drafts) {
  // Two colours meet when they share so many pixel edges; a highlight is at most this large against its
  // ground.
  constexpr int kMeet = 8;
  constexpr double kSmall = 0.2;
  const auto index_of = [&](Key k) {
    const auto it = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& d) { return d.key == k; });
    return it == drafts.end() ? -1 : static_cast<int>(it - drafts.begin());
  };
  std::vector<int> order(drafts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  // From light to dark, so that the role of the lighter one is known.
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return brightness(colour(drafts[a].key)) > brightness(colour(drafts[b].key));
  });
  for (const int i : order) {
    Draft& draft = drafts[i];
    if (draft.role == StyleRole::line) continue;
    const Seen& mine = seen.at(draft.key);
    int best = -1, most = kMeet - 1;
    for (const auto& [other, edges] : mine.beside) {
      const int j = index_of(other);
      if (j < 0 || edges <= most || drafts[j].role == StyleRole::line ||
          !shadow_like(colour(other), colour(draft.key)))
        continue;
      best = j;
      most = edges;
    }
    if (best < 0) continue;
    Draft& lighter = drafts[best];
    // A small light place on a large dark one is a highlight on it, unless it has its own shadow already.
    const bool small = seen.at(lighter.key).filled < kSmall * mine.filled;
    if (small && lighter.role == StyleRole::normal && lighter.of < 0) {
      lighter.role = StyleRole::highlight;
      lighter.of = i;
      continue;
    }
    if (lighter.role == StyleRole::highlight) continue;
    draft.role = lighter.role == StyleRole::normal ? StyleRole::shadow : StyleRole::shadow2;
    draft.of = best;
  }
}

std::string unique_name(const std::string& wanted, std::set<std::string>& taken) {
  std::string name = wanted;
  for (int n = 2; !taken.insert(name).second; ++n) name = fmt::format("{} {}", wanted, n);
  return name;
}

/// Places of pure white that lie between lines or paint: their number of pixels, and one of them.
Seen enclosed_white(const Raster& picture) {
  constexpr int kPlace = 30;
  Mask paper(picture.width, picture.height);
  for (std::size_t i = 0; i < paper.data.size(); ++i) paper.data[i] = is_paper(picture.data[i]);
  const Components parts = connected_components(paper, Connectivity::four);
  Seen white;
  for (const Component& part : parts.components) {
    if (part.touches_edge || part.area < kPlace) continue;
    if (white.pixels == 0) {
      white.x = static_cast<int>(part.centre_x);
      white.y = static_cast<int>(part.centre_y);
    }
    white.pixels += part.area;
  }
  return white;
}

void add_notes(const Raster& picture, const std::map<Key, Seen>& seen, const std::string& file,
               Report& notes) {
  constexpr int kNearWhite = 244;
  if (const Seen white = enclosed_white(picture); white.pixels > 0)
    notes.push_back(
        {"white",
         fmt::format("{} px between lines are exactly 255,255,255 (one place: {},{}): a model keeps that "
                     "for paper; paint white things in a near-white such as 254,254,254",
                     white.pixels, white.x, white.y),
         {.file = file}});
  for (const auto& [k, what] : seen) {
    const Rgba8 c = colour(k);
    if (what.filled == 0) continue;
    if (c != kPaper && std::min({c.r, c.g, c.b}) >= kNearWhite)
      notes.push_back({"near-white",
                       fmt::format("{},{},{} is paint, although it looks like paper (at {},{})", c.r, c.g,
                                   c.b, what.x, what.y),
                       {.file = file}});
    if (c == kCheckColour)
      notes.push_back({"check-colour",
                       fmt::format("{},{},{} marks what is not painted yet and was left out (at {},{})", c.r,
                                   c.g, c.b, what.x, what.y),
                       {.file = file}});
    if (is_trace_ink(c))
      notes.push_back({"trace-ink",
                       fmt::format("{},{},{} is the ink of trace lines and was left out (at {},{})", c.r, c.g,
                                   c.b, what.x, what.y),
                       {.file = file}});
  }
}

/// The colours that fill something, largest first; thin black counts as the line.
std::vector<Draft> drafts_of(const std::map<Key, Seen>& seen) {
  constexpr int kLinePixels = 30;
  std::vector<Draft> drafts;
  for (const auto& [k, what] : seen) {
    const Rgba8 c = colour(k);
    if (c == kPaper || c == kCheckColour || is_trace_ink(c)) continue;
    const bool black = key(c) == 0;
    if (black && what.pixels >= kLinePixels)
      drafts.push_back({k, what.filled * 4 < what.pixels ? StyleRole::line : StyleRole::normal});
    else if (what.filled > 0)
      drafts.push_back({k});
  }
  std::stable_sort(drafts.begin(), drafts.end(), [&](const Draft& a, const Draft& b) {
    return seen.at(a.key).pixels > seen.at(b.key).pixels;
  });
  return drafts;
}

}  // namespace

Result<ColourModel> model_from_picture(const Raster& picture, const ColourModel& known,
                                       const std::string& file, Report& notes) {
  constexpr std::size_t kMostColours = 4096;
  const std::map<Key, Seen> seen = colours_of(picture);
  std::vector<Draft> drafts = drafts_of(seen);
  if (drafts.empty())
    return fail(ErrorCode::bad_input, "no colour fills a place in this picture",
                "give a painted sheet or cel", {.file = file});
  if (drafts.size() > kMostColours)
    return fail(ErrorCode::bad_input, fmt::format("{} colours fill places in this picture", drafts.size()),
                "give a picture painted in flat colours, without blur or compression", {.file = file});
  guess_roles(seen, drafts);
  add_notes(picture, seen, file, notes);

  ColourModel model = known;
  if (model.variants.empty()) model.variants = {"normal"};
  const std::string variant = model.variants.front();
  std::set<std::string> names;
  StyleId next = 1;
  for (const Style& style : model.styles) {
    names.insert(style.name);
    next = std::max(next, style.id + 1);
  }
  // The one that another belongs to first, so that it has a name.
  std::vector<std::string> name(drafts.size()), part(drafts.size());
  const auto settle = [&](auto&& self, int i) -> void {
    if (!name[i].empty()) return;
    const Draft& draft = drafts[i];
    const Rgba8 c = colour(draft.key);
    if (const Style* same = model.find(c, variant); same != nullptr) {
      name[i] = same->name;
      part[i] = same->part.empty() ? same->name : same->part;
      return;
    }
    if (draft.of >= 0) self(self, draft.of);
    part[i] = draft.of >= 0 ? part[draft.of] : "";
    name[i] = draft.role == StyleRole::line ? "line"
              : draft.of >= 0               ? fmt::format("{} {}", part[i], word(draft.role))
                                            : name_of(c);
    name[i] = unique_name(name[i], names);
    if (part[i].empty()) part[i] = name[i];
    Style style{next++, name[i], part[i], draft.role, {{variant, c}}};
    const Seen& what = seen.at(draft.key);
    notes.push_back({"taken",
                     fmt::format("{}: {} ({}), #{:06x}, {} px, at {},{}", style.id, style.name,
                                 word(style.role), draft.key, what.pixels, what.x, what.y),
                     {.file = file}});
    model.styles.push_back(std::move(style));
  };
  for (std::size_t i = 0; i < drafts.size(); ++i) settle(settle, static_cast<int>(i));
  return model;
}

}  // namespace nakawari
