#include "bench/sheet.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "base/check.h"

namespace nakawari::bench {
namespace {

constexpr int kTitleHeight = 22;

bool inked(Rgba8 p) {
  return p.a > 127 && std::min({p.r, p.g, p.b}) <= 127;
}

cv::Mat as_mat(const Raster& picture) {
  cv::Mat mat(picture.height, picture.width, CV_8UC3);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const Rgba8 p = picture(x, y);
      mat.at<cv::Vec3b>(y, x) = p.a == 0 ? cv::Vec3b(255, 255, 255) : cv::Vec3b(p.r, p.g, p.b);
    }
  return mat;
}

// Where any tile of the row is inked, with some paper around.
cv::Rect content(const SheetRow& row) {
  int left = 1 << 30, top = 1 << 30, right = -1, bottom = -1;
  for (const Raster& tile : row.tiles)
    for (int y = 0; y < tile.height; ++y)
      for (int x = 0; x < tile.width; ++x)
        if (inked(tile(x, y))) {
          left = std::min(left, x);
          right = std::max(right, x);
          top = std::min(top, y);
          bottom = std::max(bottom, y);
        }
  const int width = row.tiles.front().width, height = row.tiles.front().height;
  if (right < 0) return {0, 0, width, height};
  constexpr int kAround = 12;
  left = std::max(0, left - kAround);
  top = std::max(0, top - kAround);
  right = std::min(width - 1, right + kAround);
  bottom = std::min(height - 1, bottom + kAround);
  return {left, top, right - left + 1, bottom - top + 1};
}

}  // namespace

Raster overlay(const Raster& truth, const Raster& ours) {
  NAKAWARI_CHECK(truth.width == ours.width && truth.height == ours.height);
  Raster result(truth.width, truth.height, kPaper);
  for (std::size_t i = 0; i < truth.data.size(); ++i) {
    const bool t = inked(truth.data[i]), o = inked(ours.data[i]);
    if (t && o)
      result.data[i] = {0, 0, 0, 255};
    else if (t)
      result.data[i] = {230, 20, 20, 255};
    else if (o)
      result.data[i] = {0, 170, 210, 255};
  }
  return result;
}

Raster contact_sheet(const std::vector<SheetRow>& rows, int tile) {
  std::size_t columns = 1;
  for (const SheetRow& row : rows) columns = std::max(columns, row.tiles.size());
  cv::Mat sheet(std::max<int>(1, static_cast<int>(rows.size())) * (tile + kTitleHeight),
                static_cast<int>(columns) * tile, CV_8UC3, cv::Scalar(255, 255, 255));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const int top = static_cast<int>(r) * (tile + kTitleHeight);
    cv::putText(sheet, rows[r].title, {6, top + 16}, cv::FONT_HERSHEY_SIMPLEX, 0.5, cv::Scalar(40, 40, 40), 1,
                cv::LINE_AA);
    cv::line(sheet, {0, top}, {sheet.cols, top}, cv::Scalar(190, 190, 190));
    if (rows[r].tiles.empty()) continue;
    const cv::Rect part = content(rows[r]);
    const double scale = static_cast<double>(tile - 4) / std::max(part.width, part.height);
    for (std::size_t c = 0; c < rows[r].tiles.size(); ++c) {
      cv::Mat scaled;
      cv::resize(as_mat(rows[r].tiles[c])(part), scaled, {}, scale, scale,
                 scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
      scaled.copyTo(
          sheet(cv::Rect(static_cast<int>(c) * tile + 2, top + kTitleHeight, scaled.cols, scaled.rows)));
    }
  }
  Raster picture(sheet.cols, sheet.rows);
  for (int y = 0; y < sheet.rows; ++y)
    for (int x = 0; x < sheet.cols; ++x) {
      const cv::Vec3b v = sheet.at<cv::Vec3b>(y, x);
      picture(x, y) = {v[0], v[1], v[2], 255};
    }
  return picture;
}

}  // namespace nakawari::bench
