#include "check/parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>

namespace nakawari {
namespace {

struct Word {
  std::string_view word;
  PaintedPart kind;
};
/// First match wins: "eye white" before "eye", "highlight" of an eye before the iris.
constexpr std::array kWords{Word{"eye white", PaintedPart::eye_white},
                            Word{"eyewhite", PaintedPart::eye_white},
                            Word{"sclera", PaintedPart::eye_white},
                            Word{"白目", PaintedPart::eye_white},
                            Word{"glint", PaintedPart::glint},
                            Word{"highlight", PaintedPart::glint},
                            Word{"iris", PaintedPart::iris},
                            Word{"pupil", PaintedPart::iris},
                            Word{"瞳", PaintedPart::iris},
                            Word{"teeth", PaintedPart::teeth},
                            Word{"歯", PaintedPart::teeth},
                            Word{"mouth", PaintedPart::mouth},
                            Word{"tongue", PaintedPart::mouth},
                            Word{"口", PaintedPart::mouth},
                            Word{"hair", PaintedPart::hair},
                            Word{"髪", PaintedPart::hair},
                            Word{"face", PaintedPart::face},
                            Word{"skin", PaintedPart::face},
                            Word{"肌", PaintedPart::face}};

/// Eyes closer than this, in their widths, are one eye.
constexpr double kJoin = 0.35;

class Sets {
 public:
  explicit Sets(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0); }
  int find(int a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }
  void join(int a, int b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<int> parent_;
};

bool of_eye(PaintedPart kind) {
  return kind == PaintedPart::eye_white || kind == PaintedPart::iris || kind == PaintedPart::glint;
}

template <typename Box, typename Other>
void widen(Box& box, const Other& other, bool first) {
  box.left = first ? other.left : std::min(box.left, other.left);
  box.top = first ? other.top : std::min(box.top, other.top);
  box.right = first ? other.right : std::max(box.right, other.right);
  box.bottom = first ? other.bottom : std::max(box.bottom, other.bottom);
}

Eye eye_of(const Seen& seen, const std::vector<int>& regions, const std::vector<PaintedPart>& kind,
           const std::vector<StyleId>& style) {
  constexpr int kSeenStyle = 6;  // px; smaller regions come and go with the lines
  Eye eye;
  Vec2 iris, glint, all;
  int total = 0;
  bool first = true, first_iris = true;
  for (const int r : regions) {
    const SeenRegion& region = seen.regions[r];
    widen(eye, region, first);
    first = false;
    all += region.centre * region.area;
    total += region.area;
    if (kind[r] == PaintedPart::eye_white) eye.white += region.area;
    if (kind[r] == PaintedPart::iris) {
      eye.iris += region.area;
      iris += region.centre * region.area;
      eye.iris_bottom = first_iris ? region.bottom : std::max(eye.iris_bottom, region.bottom);
      first_iris = false;
    }
    if (kind[r] == PaintedPart::glint) {
      eye.glint += region.area;
      glint += region.centre * region.area;
    }
    if (region.area >= kSeenStyle) eye.styles.push_back(style[r]);
  }
  eye.centre = all / std::max(1, total);
  if (eye.iris > 0) eye.iris_centre = iris / eye.iris;
  if (eye.glint > 0) eye.glint_centre = glint / eye.glint;
  std::sort(eye.styles.begin(), eye.styles.end());
  eye.styles.erase(std::unique(eye.styles.begin(), eye.styles.end()), eye.styles.end());
  if (eye.iris == 0) return eye;
  for (int y = eye.iris_bottom + 1; y <= eye.bottom; ++y)
    for (int x = eye.left; x <= eye.right; ++x)
      if (const int l = seen.label(x, y); l > 0 && kind[l - 1] == PaintedPart::eye_white &&
                                          std::find(regions.begin(), regions.end(), l - 1) != regions.end())
        ++eye.white_below;
  return eye;
}

}  // namespace

PaintedPart painted_part(const std::string& part_name) {
  std::string lower;
  for (const char c : part_name)
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '_' ? ' ' : c;
  for (const Word& w : kWords)
    if (lower.find(w.word) != std::string::npos) return w.kind;
  return PaintedPart::other;
}

const PartBlob* PartMap::largest(PaintedPart kind) const {
  for (const PartBlob& blob : blobs)
    if (blob.kind == kind) return &blob;
  return nullptr;
}

PartMap find_parts(const Seen& seen, const ColourModel& model, const std::string& variant) {
  PartMap map;
  if (!seen.has_paint || model.styles.empty()) return map;
  const std::size_t n = seen.regions.size();
  std::vector<const Style*> style(n, nullptr);
  std::vector<StyleId> id(n, kUnknownStyle);
  std::vector<PaintedPart> kind(n, PaintedPart::other);
  for (std::size_t r = 0; r < n; ++r) {
    if (!seen.regions[r].painted()) continue;
    style[r] = model.find(seen.regions[r].colour, variant);
    if (!style[r]) continue;
    id[r] = style[r]->id;
    kind[r] = painted_part(style[r]->part.empty() ? style[r]->name : style[r]->part);
  }
  Sets parts(n), eyes(n);
  for (const SeenContact& c : seen.contacts) {
    if (style[c.a] && style[c.b] && style[c.a]->part == style[c.b]->part) parts.join(c.a, c.b);
    if (of_eye(kind[c.a]) && of_eye(kind[c.b])) eyes.join(c.a, c.b);
  }
  std::map<int, PartBlob> blobs;
  std::map<int, std::vector<int>> in_eye;
  for (std::size_t r = 0; r < n; ++r) {
    if (!style[r]) continue;
    const int i = static_cast<int>(r);
    if (of_eye(kind[r])) in_eye[eyes.find(i)].push_back(i);
    PartBlob& blob = blobs[parts.find(i)];
    widen(blob, seen.regions[r], blob.regions.empty());
    blob.kind = kind[r];
    blob.part = style[r]->part;
    blob.area += seen.regions[r].area;
    blob.centre += seen.regions[r].centre * seen.regions[r].area;
    blob.regions.push_back(i);
  }
  for (auto& [root, blob] : blobs) {
    blob.centre = blob.centre / blob.area;
    map.blobs.push_back(std::move(blob));
  }
  std::stable_sort(map.blobs.begin(), map.blobs.end(),
                   [](const PartBlob& a, const PartBlob& b) { return a.area > b.area; });
  // Lashes and lids cut an eye into pieces that do not touch: pieces that lie together are one eye.
  std::vector<std::vector<int>> groups;
  for (auto& [root, regions] : in_eye) {
    const Eye piece = eye_of(seen, regions, kind, id);
    bool joined = false;
    for (auto& group : groups) {
      const Eye whole = eye_of(seen, group, kind, id);
      const double gap = std::max(piece.left, whole.left) - std::min(piece.right, whole.right);
      const double rise = std::max(piece.top, whole.top) - std::min(piece.bottom, whole.bottom);
      const double most = kJoin * std::max(piece.width(), whole.width());
      if (gap > most || rise > most) continue;
      group.insert(group.end(), regions.begin(), regions.end());
      joined = true;
      break;
    }
    if (!joined) groups.push_back(regions);
  }
  for (const auto& group : groups)
    if (Eye eye = eye_of(seen, group, kind, id); eye.white + eye.iris >= 12)
      map.eyes.push_back(std::move(eye));
  std::sort(map.eyes.begin(), map.eyes.end(), [](const Eye& a, const Eye& b) {
    return std::pair(a.centre.x, a.centre.y) < std::pair(b.centre.x, b.centre.y);
  });
  return map;
}

}  // namespace nakawari
